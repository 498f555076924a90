from typing import Any

import pytest

from handler.domain.previews.crawlers.crawlers import PREVIEW_CRAWLERS
from handler.domain.previews.crawlers.layouts import LAYOUTS
from handler.web.pages.inspector.results import (
    FieldSource,
    PlatformPreview,
    evaluate_crawlers,
    platform_previews,
    tag_markup,
)
from tests.support.pages.fetched_pages import CARD, CARD_URL, fetched_page

TAGS = {
    "og:image": CARD_URL,
    "og:image:width": "1200",
    "og:image:height": "630",
    "twitter:label1": "Price",
    "twitter:data1": "$1",
    "theme-color": "#0f3d57",
}


def preview_on(name: str, tags: dict[str, str] | None = None, **fields: Any) -> PlatformPreview:
    """Return the preview of a page with these tags on one platform."""
    results = evaluate_crawlers(fetched_page({**TAGS, **(tags or {})}, **fields), CARD)
    return {one.layout.crawler: one for one in platform_previews(results, CARD)}[name]


def test_every_platform_is_evaluated_drawn_ones_first() -> None:
    results = evaluate_crawlers(fetched_page(TAGS), CARD)
    names = [one.crawler.name for one in results]

    assert names[: len(LAYOUTS)] == [layout.crawler for layout in LAYOUTS]
    assert sorted(names) == sorted(crawler.name for crawler in PREVIEW_CRAWLERS)
    assert {one.crawler.name: one.problems for one in results if one.problems} == {}


@pytest.mark.parametrize(
    ("name", "tags", "sources"),
    [
        (
            "x",
            {"twitter:title": "x" * 94},
            (
                FieldSource("Title", "twitter:title", "cut after 70 of 94 characters"),
                FieldSource(
                    "Description", "og:description", "read, not shown beside a large picture"
                ),
                FieldSource(
                    "Picture", "og:image", "1200 × 630 png, shown cropped to 1200 × 600 of it"
                ),
            ),
        ),
        (
            "whatsapp",
            {"og:description": "x" * 157},
            (
                FieldSource("Title", "og:title", "9 characters, as many as fit 2 lines"),
                FieldSource("Description", "og:description", "folded after 80 of 157 characters"),
                FieldSource(
                    "Picture", "og:image", "1200 × 630 png, shown cropped to 1200 × 628 of it"
                ),
            ),
        ),
        (
            "slack",
            {},
            (
                FieldSource("Title", "og:title", "9 characters, whole"),
                FieldSource("Description", "og:description", "17 characters, whole"),
                FieldSource("Picture", "og:image", "1200 × 630 png, shown whole"),
                FieldSource("Site", "og:site_name", "whole"),
                FieldSource("Labels", "twitter:label1, twitter:data1 …", "1 shown"),
            ),
        ),
        (
            "discord",
            {"og:title": "é" * 36, "og:image": ""},
            (
                FieldSource("Title", "og:title", "cut after 69 of 72 bytes"),
                FieldSource("Description", "og:description", "17 of at most 350 bytes, whole"),
                FieldSource("Site", "og:site_name", "whole"),
            ),
        ),
    ],
)
def test_each_field_names_its_tag_and_outcome(
    name: str, tags: dict[str, str], sources: tuple[FieldSource, ...]
) -> None:
    assert preview_on(name, tags).sources == sources


def test_without_a_preview_no_field_has_a_source() -> None:
    preview = preview_on("slack", status=404)

    assert preview.sources == (FieldSource("Site", "og:site_name", "whole"),)
    assert preview.result.problems == ("The page answers 404, Slack previews a 2xx only.",)


def test_only_parts_of_the_layout_are_drawn() -> None:
    drawn = {
        name: (preview_on(name).labels, preview_on(name).accent_color)
        for name in ("slack", "discord")
    }

    assert drawn == {"slack": ((("Price", "$1"),), ""), "discord": ((), "#0f3d57")}


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("og:title", "og:title"),
        ("title", "<title>"),
        ("meta:description", '<meta name="description">'),
        ("link:apple-touch-icon", '<link rel="apple-touch-icon">'),
        ("jsonld:headline", "JSON-LD headline"),
    ],
)
def test_tag_is_named_as_written_in_a_page(key: str, words: str) -> None:
    assert tag_markup(key) == words
