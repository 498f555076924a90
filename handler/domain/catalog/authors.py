"""Who made the models of a catalog."""

from collections.abc import Sequence

from handler.domain.catalog.model import author_of
from handler.domain.catalog.model_lookup import ExactMatch, IndexEntry, ModelMoved, ModelNotFound


def resolve_author(
    entries: Sequence[IndexEntry], address: str
) -> ExactMatch | ModelMoved | ModelNotFound:
    """Return which author an address means: a path, decoded, without its leading slash.

    Letter case, a trailing slash and the "~" of aliases lead to the author.
    """
    key = address.rstrip("/").removeprefix("~").lower()
    authors = {author_of(entry.id) for entry in entries}
    meant = sorted(author for author in authors if author.lower() == key)
    if not meant:
        return ModelNotFound(())
    return ExactMatch(address) if address in meant else ModelMoved(meant[0])
