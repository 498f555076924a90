"""Which model a text clearly means, among those that a search for it found."""

import re
from collections.abc import Sequence

from handler.domain.catalog.model_index import IndexEntry

_SEPARATORS = re.compile(r"[^a-z0-9]+")


def find_clear_match(text: str, found: Sequence[IndexEntry]) -> IndexEntry | None:
    """Return the one model that a text clearly means, None where several might be meant.

    Letter case, spaces and punctuation do not matter. A text with a slash is an id: another id that
    only resembles it is another model. Listed models go before withdrawn ones.
    """
    wanted = _letters(text)
    for entries in ([each for each in found if not each.withdrawn], found):
        same = [entry for entry in entries if wanted in map(_letters, _names(entry))]
        if len(same) == 1:
            return same[0]
    if "/" in text or not wanted or len(found) != 1:
        return None
    return found[0] if any(wanted in _letters(name) for name in _names(found[0])) else None


def _names(entry: IndexEntry) -> tuple[str, ...]:
    return entry.id, entry.id.partition("/")[2], entry.name, entry.name.partition(": ")[2]


def _letters(text: str) -> str:
    return _SEPARATORS.sub("", text.lower())
