"""Steps from each older snapshot format to the next one.

A rising format number must never cost history: raising `codec.FORMAT` means adding one step here,
and a stored snapshot of the old format to the tests. Imported only when an older snapshot is read.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

_Json = dict[str, Any]


class Migration(NamedTuple):
    """One step: how the header and each stored profile change. Both are plain JSON values."""

    header: Callable[[_Json], _Json]
    profile: Callable[[_Json], _Json]


def _header_from_2(header: _Json) -> _Json:
    return header


def _profile_from_2(stored: _Json) -> _Json:
    stored = _renamed(stored, {"offers": "endpoints", "once_alias": "former_alias"})
    if "endpoints" in stored:
        stored["endpoints"] = _renamed(stored["endpoints"], {"asked": "fetched_at"})
    return stored


def _renamed(values: Mapping[str, Any], names: Mapping[str, str]) -> _Json:
    return {names.get(name, name): value for name, value in values.items()}


MIGRATIONS: Mapping[int, Migration] = {2: Migration(_header_from_2, _profile_from_2)}
"""By the format that each step starts from."""
