"""Steps from each older snapshot format to the next, so that a new format never costs history.

Raising `names.FORMAT` takes one more step here, and a stored snapshot of the old format beside the
tests. Imported only when an older snapshot is read.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from handler.domain.errors import InvalidRecord, InvalidSnapshot
from handler.domain.pricing.normalize import normalize_pricing
from handler.domain.pricing.schedule import parse_schedule

_Json = dict[str, Any]


class StoredSnapshot(NamedTuple):
    """The JSON values of a snapshot; `refresh_data` is what only a refresh reads."""

    header: _Json
    profiles: list[_Json]
    refresh_data: Any


Migration = Callable[[StoredSnapshot], StoredSnapshot]


def migrate(header: _Json, lines: Iterable[Any], current: int) -> StoredSnapshot:
    """Return the values of a header and of the lines after it as the current format has them.

    Raises InvalidSnapshot where a step is missing, or where a model's value has another shape.
    """
    number = header["format"]
    if not isinstance(number, int) or number not in MIGRATIONS:
        raise InvalidSnapshot(
            f"it has format {number!r}, this code reads {min(MIGRATIONS)} to {current}"
        )
    *profiles, refresh_data = lines
    snapshot = StoredSnapshot(header, profiles, refresh_data)
    for each in range(number, current):
        snapshot = MIGRATIONS[each](snapshot)
    return snapshot


def _from_2(old: StoredSnapshot) -> StoredSnapshot:
    names = {"fetched": "fetched_at", "set_aside": "skipped"}
    sources = {name: _rename(source, names) for name, source in old.header["sources"].items()}
    header = {**_rename(old.header, {"covers": "coverage"}), "sources": sources}
    board = old.refresh_data and _rename(old.refresh_data, {"ratings": "rows"})
    return StoredSnapshot(header, _map_profiles(_profile_from_2, old), board)


def _profile_from_2(profile: _Json) -> _Json:
    profile = _rename(profile, {"offers": "endpoints", "once_alias": "former_alias"})
    if "endpoints" in profile:
        profile["endpoints"] = _rename(profile["endpoints"], {"asked": "fetched_at"})
    if "arena" in profile:
        names = {"of": "total", "how": "match_reason", "through": "inherited_from"}
        profile["arena"] = _rename(profile["arena"], names)
    return profile


def _from_3(old: StoredSnapshot) -> StoredSnapshot:
    """Add the log of readings, as far as histories tell of it, and when each model was read."""
    as_of = old.header["as_of"]
    histories = _map_profiles(lambda profile: profile["history"], old)
    known = {as_of, *(moment for each in histories for moment in _moments(each))}
    moments = sorted(known, key=datetime.fromisoformat)
    profiles = _map_profiles(lambda profile: _profile_from_3(profile, moments), old)
    readings = [[old.header["coverage"], [], moments]]
    refresh_data = {"leaderboard": old.refresh_data, "readings": readings}
    return StoredSnapshot({**old.header, "unreadable_ids": []}, profiles, refresh_data)


def _moments(history: _Json) -> list[str]:
    points = (point for fact, points in history.items() if fact != "since" for point in points)
    return [history["since"], *(moment for moment, _ in points)]


def _profile_from_3(profile: _Json, moments: Sequence[str]) -> _Json:
    """Return the profile, last read at the last moment before its withdrawal."""
    profile, history = dict(profile), dict(profile["history"])
    listed = history.pop("listed", None)
    if listed:
        # Which list a model was first missing from is known, and that it covered the model.
        history["presence"] = [[moment, value or None] for moment, value in listed]
    if listed and not listed[-1][1]:
        profile["read_at"] = moments[moments.index(listed[-1][0]) - 1]
    if text := profile.pop("markdown", None):
        profile["past_texts"] = [[text, history["since"]]]
    if prices := _normalize_prices(history.pop("price", [])):
        history["price"] = prices
    return {**profile, "history": history}


def _normalize_prices(points: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Return a timeline of prices as they are compared now, empty where none differs."""
    changed: list[list[Any]] = []
    for moment, price in points:
        normalized = _normalize_price(price)
        if not changed or changed[-1][1] != normalized:
            changed.append([moment, normalized])
    return changed if len(changed) > 1 else []


def _normalize_price(stored: _Json) -> _Json:
    try:
        return normalize_pricing(parse_schedule(stored))
    except InvalidRecord:
        return stored


def _from_4(old: StoredSnapshot) -> StoredSnapshot:
    """Add the counts of models. What is stored of each model did not change, but its place."""
    withdrawn = sum(bool(entry[-1]) for entry in old.header["index"])
    listed = len(old.header["index"]) - withdrawn
    return old._replace(header={**old.header, "listed": listed, "withdrawn": withdrawn})


def _map_profiles(change: Callable[[_Json], _Json], snapshot: StoredSnapshot) -> list[_Json]:
    return [
        _change_profile(change, profile, entry[0])
        for profile, entry in zip(snapshot.profiles, snapshot.header["index"], strict=True)
    ]


def _change_profile(change: Callable[[_Json], _Json], profile: _Json, model_id: str) -> _Json:
    try:
        return change(profile)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise InvalidSnapshot(f"what is stored of {model_id} cannot be read: {error!r}") from error


def _rename(value: Mapping[str, Any], names: Mapping[str, str]) -> _Json:
    return {names.get(name, name): content for name, content in value.items()}


MIGRATIONS: Mapping[int, Migration] = {2: _from_2, 3: _from_3, 4: _from_4}
"""The step from each older format, by the number of that format."""
