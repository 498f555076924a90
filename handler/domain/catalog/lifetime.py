"""When a model was released and when it retires, as far as its record can be right.

Pages are cached, so that all is reckoned at the time of the snapshot.
"""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from handler.domain.catalog.profile import Profile

# OpenRouter began in 2023, and lists no model that is older than its kind.
_MIN_DATE = date(2020, 1, 1)
_MAX_CLOCK_SKEW = timedelta(days=1)


class Retirement(NamedTuple):
    """The expiration date of a model; `label` and `sentence` are the words that precede it."""

    day: date
    label: str
    sentence: str
    is_overdue: bool = False


def find_created(profile: Profile) -> int | None:
    """Return when OpenRouter began to list a model, in Unix seconds.

    None for a time before 2020 or after its record was read: it cannot be right.
    """
    created = profile.model.created
    if created is None:
        return None
    moment = datetime.fromtimestamp(created, UTC)
    is_possible = moment.date() >= _MIN_DATE and moment <= profile.read_at + _MAX_CLOCK_SKEW
    return created if is_possible else None


def find_retirement(profile: Profile, as_of: datetime) -> Retirement | None:
    """Return the retirement of a model as it stands at a time, None where no day is announced."""
    day, withdrawn = profile.model.expiration_date, profile.withdrawn
    if day is None or day < _MIN_DATE:
        return None
    if withdrawn and withdrawn.astimezone(UTC).date() >= day:
        return Retirement(day, "Retired on", "It retired on")
    if withdrawn:
        return Retirement(day, "Was to retire on", "It was to retire on")
    if as_of.astimezone(UTC).date() > day:
        label = "Was due to retire on"
        return Retirement(day, label, "This model was due to retire on", is_overdue=True)
    return Retirement(day, "Retires on", "This model retires on")
