"""No id that a refresh accepts has the path of another page."""

import pytest

from handler.domain.errors import InvalidRecord
from handler.domain.ingest.reserved_ids import check_not_reserved
from handler.web.app import ROUTES

OTHER_PATTERNS = [r.pattern for r in ROUTES if r.pattern not in ("/", "/{model}", "/{author}")]


def shadowing_ids(pattern: str) -> set[str]:
    """Return ids whose path, or whose author's path, matches a pattern."""
    ids = set()
    for model in ("acme", "acme/one"):  # {model} may have any number of segments
        path = pattern.format(model=model, author="acme", hash="0123456789abcdef", number="1")
        author, slash, slug = path.strip("/").partition("/")
        if author != "acme":
            ids.add(f"{author}/x")
        if slash and "/" not in slug:
            ids.add(f"{author}/{slug}")
    return ids


@pytest.mark.parametrize("pattern", OTHER_PATTERNS)
def test_ids_that_shadow_a_route_are_refused(pattern: str) -> None:
    assert shadowing_ids(pattern)
    for model_id in shadowing_ids(pattern):
        with pytest.raises(InvalidRecord, match="a name that the site uses itself"):
            check_not_reserved(model_id)
