from datetime import UTC, date, datetime, timedelta

import pytest

from handler.domain.catalog.lifetime import Retirement, find_created, find_retirement
from tests.support.builders import AS_OF, profile, record, withdrawn

NOW = int(AS_OF.timestamp())
DAY_SECONDS = 86_400
FIRST_2020 = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
WITHDRAWN_AT = AS_OF + timedelta(days=1)  # 23 August 2026


@pytest.mark.parametrize(
    ("created", "is_shown"),
    [
        (1, False),
        (FIRST_2020 - 1, False),
        (FIRST_2020, True),
        (NOW, True),
        (NOW + DAY_SECONDS, True),
        (NOW + DAY_SECONDS + 1, False),
        (253_402_300_799, False),
    ],
)
def test_a_release_before_2020_or_after_its_list_is_no_fact(created: int, is_shown: bool) -> None:
    expected = created if is_shown else None

    assert find_created(profile(record(created=created))) == expected


def test_a_withdrawn_model_was_not_released_after_it_went() -> None:
    gone = withdrawn(record(created=NOW + 3 * DAY_SECONDS))

    assert find_created(gone) is None


def test_a_release_that_is_not_published_is_none() -> None:
    assert find_created(profile(record())) is None


@pytest.mark.parametrize(
    ("day", "label", "is_overdue"),
    [
        (date(2026, 8, 21), "Was due to retire on", True),
        (date(2026, 8, 22), "Retires on", False),
        (date(2026, 8, 23), "Retires on", False),
    ],
    ids=str,
)
def test_a_listed_model_is_due_to_retire_after_its_last_day(
    day: date, label: str, is_overdue: bool
) -> None:
    found = find_retirement(profile(record(expiration_date=day.isoformat())), AS_OF)

    assert found is not None
    assert (found.day, found.label, found.is_overdue) == (day, label, is_overdue)


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2026, 8, 22), "Retired on"),
        (date(2026, 8, 23), "Retired on"),
        (date(2026, 8, 24), "Was to retire on"),
    ],
    ids=str,
)
def test_a_withdrawn_model_retired_if_its_last_day_had_come(day: date, label: str) -> None:
    gone = withdrawn(record(expiration_date=day.isoformat()))

    for later in (WITHDRAWN_AT, WITHDRAWN_AT + timedelta(days=90)):
        assert find_retirement(gone, later) == Retirement(day, label, f"It {label.lower()}")


@pytest.mark.parametrize("day", [None, "0001-01-01", "2019-12-31", "2098-12-31", "soon"])
def test_an_impossible_last_day_is_none(day: str | None) -> None:
    assert find_retirement(profile(record(expiration_date=day)), AS_OF) is None
