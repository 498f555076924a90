"""What `decode` would refuse is never written."""

import pytest

from handler.domain.errors import OverBudget
from handler.domain.snapshot.encode import encode
from handler.domain.snapshot.text_size import SnapshotLimits, TextSize
from tests.support.builders import AS_OF, contents, profile, record


def test_a_header_that_could_not_be_read_is_refused() -> None:
    ids = [f"acme/{'a' * 180}{number}" for number in range(6_000)]
    profiles = (profile(record(model_id), unreadable_at=AS_OF) for model_id in ids)

    with pytest.raises(OverBudget, match=r"the header .* over 1,048,576"):
        encode(contents(*profiles), "run")


def test_a_member_that_could_not_be_read_is_refused() -> None:
    text = b" " * (128 * 1024 * 1024)
    size = TextSize(SnapshotLimits(10**12))

    assert size.add(text) is text
    with pytest.raises(OverBudget, match=r"a part of the snapshot .* over 134,217,728"):
        size.add(text + b" ")


def test_the_text_of_all_members_together_is_bounded() -> None:
    size = TextSize(SnapshotLimits(100))
    size.add(b" " * 60)

    with pytest.raises(OverBudget, match=r"the snapshot would have 120 bytes .* over 100"):
        size.add(b" " * 60)


def test_the_memory_of_all_models_together_is_bounded() -> None:
    size = TextSize(SnapshotLimits(memory_bytes=10_000))
    size.add_model(b'{"id":"acme/one"}')
    size.add_model(b'{"id":"acme/two"}')

    with pytest.raises(OverBudget, match=r"the models of the snapshot would take .* over 10,000"):
        size.add_model(b'{"id":"acme/three","x":' + b'{"a":' * 30 + b"1" + b"}" * 31)


def test_models_of_a_real_size_take_kilobytes() -> None:
    profiles = [profile(record(f"acme/m{number}")) for number in range(100)]

    assert encode(contents(*profiles), "run", SnapshotLimits(memory_bytes=500_000))
    with pytest.raises(OverBudget, match="the models of the snapshot"):
        encode(contents(*profiles), "run", SnapshotLimits(memory_bytes=300_000))
