import json
from pathlib import Path

import pytest

from handler.domain.errors import InvalidRecord
from handler.domain.ingest.reserved_ids import RESERVED_AUTHORS, ROOT_FILES, check_not_reserved
from tests.support.external import each_shared_catalog

RESERVED_NAMES = [
    "badge.svg",
    "card.png",
    "card-0123456789abcdef.png",
    "feed.xml",
    "one.md",
    "preview",
    "sitemap.xml",
    "sitemap-1.xml",
]


@pytest.mark.parametrize("author", [*sorted(RESERVED_AUTHORS | ROOT_FILES), *RESERVED_NAMES])
@pytest.mark.parametrize("form", ["{}/x", "~{}/x", "{}/x:free"])
def test_author_named_like_a_path_of_the_site_is_refused(author: str, form: str) -> None:
    for name in (author, author.upper()):
        with pytest.raises(InvalidRecord, match="begins with a name that the site uses itself"):
            check_not_reserved(form.format(name))


@pytest.mark.parametrize("slug", RESERVED_NAMES)
@pytest.mark.parametrize("form", ["acme/{}", "~acme/{}", "acme/{}:free"])
def test_slug_named_like_a_path_of_the_site_is_refused(slug: str, form: str) -> None:
    for name in (slug, slug.upper()):
        with pytest.raises(InvalidRecord, match="ends with a name that the site uses itself"):
            check_not_reserved(form.format(name))


def test_variant_that_ends_like_a_markdown_page_is_refused() -> None:
    with pytest.raises(InvalidRecord, match=r"^the id 'acme/one:x.md' ends with"):
        check_not_reserved("acme/one:x.md")


@pytest.mark.parametrize(
    "model_id",
    [
        "acme/one",
        "~acme/one:free",
        "acme/robots.txt",
        "acme/api",
        "acme/activity",
        "activity/one",
        "acme/preview-2",
        "acme/gpt-preview",
        "acme/card-1.png",
        "acme/card-0123456789abcdeg.png",
        "acme/feed.xml2",
        "acme/one.mdx",
        "acme/md",
        "apis/one",
        "acme/one:preview",
    ],
)
def test_id_that_is_only_like_a_path_of_the_site_is_accepted(model_id: str) -> None:
    check_not_reserved(model_id)


@pytest.mark.parametrize("path", each_shared_catalog())
def test_no_real_id_is_refused(path: Path) -> None:
    for record in json.loads(path.read_bytes())["data"]:
        check_not_reserved(record["id"])
