"""No id that a refresh accepts has the path of another page."""

import pytest

from handler.domain.catalog.model import is_model_id
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


ROOT_NAMES = sorted(
    {
        pattern.format(hash="0123456789abcdef", number="2").split("/")[1]
        for pattern in OTHER_PATTERNS
        if not pattern.startswith("/{")
    }
)


@pytest.mark.promise("P19", "authors named like addresses of the site")
@pytest.mark.parametrize("name", ROOT_NAMES)
def test_no_author_has_the_name_of_an_address(name: str) -> None:
    for written in (name, name.upper(), name.title(), f"~{name}", f"~{name.upper()}"):
        for model_id in (f"{written}/x", f"{written}/x:free"):
            with pytest.raises(InvalidRecord, match="a name that the site uses itself"):
                check_not_reserved(model_id)


@pytest.mark.promise("P19", "authors named like addresses of the site")
@pytest.mark.parametrize("name", ROOT_NAMES)
def test_no_id_spells_an_address_in_other_characters(name: str) -> None:
    encoded = f"%{ord(name[0]):02x}{name[1:]}"
    full_width = "".join(chr(ord(each) + 0xFEE0) for each in name)
    for written in (encoded, full_width, f"{name}\u200b", f"{name}/", f"./{name}", f" {name}"):
        assert not is_model_id(f"{written}/x")
