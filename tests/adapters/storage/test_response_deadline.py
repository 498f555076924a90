import time

import pytest

from handler.adapters.storage.response_deadline import connection_with_deadline


def test_after_the_deadline_nothing_is_asked() -> None:
    with pytest.raises(TimeoutError, match="no time is left"):
        connection_with_deadline("127.0.0.1", False, 1.0, time.monotonic() - 0.001)


@pytest.mark.parametrize(("seconds_left", "timeout"), [(1_000.0, 3.0), (2.0, 2.0)])
def test_a_read_has_its_timeout_or_what_is_left(seconds_left: float, timeout: float) -> None:
    connection = connection_with_deadline("127.0.0.1", False, 3.0, time.monotonic() + seconds_left)

    assert connection.timeout is not None
    assert 0 < connection.timeout <= timeout
