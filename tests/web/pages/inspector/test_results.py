import struct
from typing import Any

import pytest

from handler.domain.previews.crawlers.crawlers import PREVIEWERS
from handler.domain.previews.crawlers.layouts import LAYOUTS
from handler.domain.previews.unfurl.fetched_page import Download
from handler.web.pages.inspector.results import (
    Origin,
    Simulation,
    simulations_of,
    tag_words,
    verdicts_on,
)
from tests.domain.previews.unfurl.test_unfurl import page

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 1200, 630)
CARD = "https://previews.example.org/card.png"
IMAGE = Download(CARD, 200, {"content-type": "image/png", "content-length": "24"}, PNG)
TAGS = {
    "og:image": CARD,
    "og:image:width": "1200",
    "og:image:height": "630",
    "twitter:label1": "Price",
    "twitter:data1": "$1",
    "theme-color": "#0f3d57",
}


def simulated(name: str, tags: dict[str, str] | None = None, **given: Any) -> Simulation:
    """Return how a page with these tags is drawn for one platform."""
    verdicts = verdicts_on(page({**TAGS, **(tags or {})}, **given), IMAGE)
    return {one.layout.crawler: one for one in simulations_of(verdicts, IMAGE)}[name]


def test_every_platform_is_judged_and_those_that_are_drawn_come_first() -> None:
    verdicts = verdicts_on(page(TAGS), IMAGE)
    names = [one.crawler.name for one in verdicts]

    assert names[: len(LAYOUTS)] == [layout.crawler for layout in LAYOUTS]
    assert sorted(names) == sorted(crawler.name for crawler in PREVIEWERS)
    assert {one.crawler.name: one.problems for one in verdicts if one.problems} == {}


@pytest.mark.parametrize(
    ("name", "tags", "origins"),
    [
        (
            "x",
            {"twitter:title": "x" * 94},
            (
                Origin("Title", "twitter:title", "cut after 70 of 94 characters"),
                Origin("Description", "og:description",
                       "read, not shown beside a large picture"),
                Origin("Picture", "og:image", "1200 × 630 png, shown cropped to 1200 × 600 of it"),
            ),
        ),
        (
            "whatsapp",
            {"og:description": "x" * 157},
            (
                Origin("Title", "og:title", "9 characters, as many as fit 2 lines"),
                Origin("Description", "og:description", "folded after 80 of 157 characters"),
                Origin("Picture", "og:image", "1200 × 630 png, shown cropped to 1200 × 628 of it"),
            ),
        ),
        (
            "slack",
            {},
            (
                Origin("Title", "og:title", "9 characters, whole"),
                Origin("Description", "og:description", "17 characters, whole"),
                Origin("Picture", "og:image", "1200 × 630 png, shown whole"),
                Origin("Site", "og:site_name", "whole"),
                Origin("Labels", "twitter:label1, twitter:data1 …", "1 shown"),
            ),
        ),
        (
            "discord",
            {"og:title": "é" * 36, "og:image": ""},
            (
                Origin("Title", "og:title", "cut after 69 of 72 bytes"),
                Origin("Description", "og:description", "17 of at most 350 bytes, whole"),
                Origin("Site", "og:site_name", "whole"),
            ),
        ),
    ],
)  # fmt: skip
def test_each_part_tells_its_tag_and_what_became_of_it(
    name: str, tags: dict[str, str], origins: tuple[Origin, ...]
) -> None:
    assert simulated(name, tags).origins == origins


def test_without_a_preview_nothing_has_an_origin() -> None:
    found = simulated("slack", status=404)

    assert found.origins == (Origin("Site", "og:site_name", "whole"),)
    assert found.verdict.problems == ("The page answers 404, Slack previews a 2xx only.",)


def test_only_what_a_platform_shows_is_drawn() -> None:
    drawn = {name: (simulated(name).labels, simulated(name).edge) for name in ("slack", "discord")}

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
def test_a_tag_is_named_as_it_is_written(key: str, words: str) -> None:
    assert tag_words(key) == words
