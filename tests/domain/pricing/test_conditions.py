import pytest

from handler.domain.pricing.conditions import format_conditions
from handler.domain.pricing.types import Condition, Window

WEEKDAYS, WEEKEND = (0, 1, 2, 3, 4), (5, 6)


def hours(start: int, end: int, days: tuple[int, ...] | None = None) -> Condition:
    return Condition(None, Window(start * 60, end * 60, days))


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ([Condition(200_000)], "over 200,000 prompt tokens"),
        ([hours(1, 4), hours(6, 10)], "daily 01:00–04:00 and 06:00–10:00 UTC"),
        ([hours(0, 2), hours(22, 24)], "daily 22:00–02:00 UTC"),
        ([hours(0, 2), hours(6, 8), hours(22, 24)], "daily 06:00–08:00 and 22:00–02:00 UTC"),
        ([hours(16, 24)], "daily 16:00–24:00 UTC"),
        ([hours(1, 4, WEEKDAYS)], "on weekdays 01:00–04:00 UTC"),
        ([hours(0, 24, WEEKEND)], "on weekends UTC"),
        (
            [hours(1, 4, (0, 2)), hours(0, 24, (6,))],
            "on Monday and Wednesday 01:00–04:00 UTC and on Sunday UTC",
        ),
        ([Condition(9, Window(60, 240))], "over 9 prompt tokens daily 01:00–04:00 UTC"),
        (
            [Condition(9, Window(60, 240)), Condition(9, Window(300, 330))],
            "over 9 prompt tokens daily 01:00–04:00 and 05:00–05:30 UTC",
        ),
    ],
)
def test_conditions_in_words(conditions: list[Condition], words: str) -> None:
    assert format_conditions(conditions) == words
