"""Steps from each older snapshot format to the next, so that a new format never costs history.

Raising `codec.FORMAT` takes one more step here, and a stored snapshot of the old format beside the
tests. Imported only when an older snapshot is read.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from handler.domain.errors import InvalidSnapshot

_Json = dict[str, Any]


class Migration(NamedTuple):
    """One step: functions from the JSON values of a format to those of the next format."""

    header: Callable[[_Json], _Json]
    profile: Callable[[_Json], _Json]
    leaderboard: Callable[[_Json | None], _Json | None]


def migrations_between(stored: object, current: int) -> Sequence[Migration]:
    """Return the steps from one format to another, raising InvalidSnapshot where one is missing."""
    if not isinstance(stored, int) or stored not in MIGRATIONS:
        raise InvalidSnapshot(
            f"it has format {stored!r}, this code reads {min(MIGRATIONS)} to {current}"
        )
    return [MIGRATIONS[number] for number in range(stored, current)]


def _header_from_2(header: _Json) -> _Json:
    names = {"fetched": "fetched_at", "set_aside": "skipped"}
    sources = {name: _rename(source, names) for name, source in header["sources"].items()}
    return {**_rename(header, {"covers": "coverage"}), "sources": sources}


def _profile_from_2(profile: _Json) -> _Json:
    profile = _rename(profile, {"offers": "endpoints", "once_alias": "former_alias"})
    if "endpoints" in profile:
        profile["endpoints"] = _rename(profile["endpoints"], {"asked": "fetched_at"})
    if "arena" in profile:
        names = {"of": "total", "how": "match_reason", "through": "inherited_from"}
        profile["arena"] = _rename(profile["arena"], names)
    return profile


def _leaderboard_from_2(leaderboard: _Json | None) -> _Json | None:
    return leaderboard and _rename(leaderboard, {"ratings": "rows"})


def _rename(value: Mapping[str, Any], names: Mapping[str, str]) -> _Json:
    return {names.get(name, name): content for name, content in value.items()}


MIGRATIONS: Mapping[int, Migration] = {
    2: Migration(_header_from_2, _profile_from_2, _leaderboard_from_2)
}
"""The step from each older format, by the number of that format."""
