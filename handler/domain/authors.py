"""Who made the models of a catalog."""

from collections.abc import Sequence

from handler.domain.addresses import Entry
from handler.domain.model import author_of


def author_named(entries: Sequence[Entry], name: str) -> str | None:
    """Return the author of a name in any letter case, None where no model is theirs."""
    wanted = name.lower()
    authors = (author_of(entry.id) for entry in entries)
    return next((author for author in authors if author.lower() == wanted), None)
