from typing import Any

import pytest

from handler.domain.previews.crawlers.crawlers import PREVIEW_CRAWLERS, get_crawler
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from handler.domain.previews.unfurl.image_rules import image_problems
from tests.support.pages import pictures

IMAGE_URL = "https://previews.example.org/cards/one.png"


def image(body: bytes = b"", content_type: str = "image/png", **fields: Any) -> FetchedPage:
    """Return a fetched image, by default a card of the usual size."""
    body = body or pictures.png(1200, 630)
    headers = {"content-type": content_type, "content-length": str(len(body))}
    return FetchedPage(
        **{"url": IMAGE_URL, "status": 200, "headers": headers, "body": body, **fields}
    )


def test_card_of_the_usual_size_breaks_no_limit() -> None:
    assert {crawler.name: image_problems(crawler, image()) for crawler in PREVIEW_CRAWLERS} == {
        crawler.name: [] for crawler in PREVIEW_CRAWLERS
    }


BROKEN = {
    "missing": ("slack", image(status=404), "The image answers 404."),
    "a page": (
        "slack",
        image(b"<!doctype html>", "text/html; charset=utf-8"),
        "The image is no picture: it is text/html.",
    ),
    "a page with the type of an image": (
        "slack",
        image(b"<!doctype html>"),
        "The image is no picture: it is image/png.",
    ),
    "an image of no type": (
        "slack",
        image(headers={}),
        "The image is no picture: it is of no type.",
    ),
    "a redirect": (
        "x",
        image(hops=("https://cdn.example.org/one.png",)),
        "The image leads to https://cdn.example.org/one.png, X follows no redirect.",
    ),
    "no length": (
        "signal",
        image(headers={"content-type": "image/png"}),
        "The image has no Content-Length, Signal shows none without.",
    ),
    "late": ("discord", image(seconds=10.04), "The image took 10.0 seconds, Discord waits 10."),
    "a format": (
        "linkedin",
        image(pictures.webp("VP8", 1200, 630), "image/webp"),
        "The image is a webp, LinkedIn takes jpeg, png, gif.",
    ),
    "bytes": (
        "whatsapp",
        image(pictures.png(1200, 630, 600_000)),
        "The image has 600,057 bytes, WhatsApp takes 600,000.",
    ),
    "pixels": (
        "matrix",
        image(pictures.png(8_000, 4_001)),
        "The image has 32,008,000 pixels, Matrix takes 32,000,000.",
    ),
    "width": (
        "facebook",
        image(pictures.png(599, 315)),
        "The image is 599 pixels wide, Facebook wants 600.",
    ),
    "height": (
        "facebook",
        image(pictures.png(600, 314)),
        "The image is 314 pixels high, Facebook wants 315.",
    ),
    "ratio": (
        "whatsapp",
        image(pictures.png(1300, 320)),
        "The image is 4.1 to 1, WhatsApp takes 4 to 1.",
    ),
}


@pytest.mark.parametrize(("name", "broken", "sentence"), BROKEN.values(), ids=BROKEN)
def test_every_broken_image_limit_has_a_sentence(
    name: str, broken: FetchedPage, sentence: str
) -> None:
    assert image_problems(get_crawler(name), broken) == [sentence]


@pytest.mark.parametrize(
    ("name", "fitting"),
    [
        pytest.param("whatsapp", image(pictures.png(1280, 320)), id="ratio"),
        pytest.param("matrix", image(pictures.png(8_000, 4_000)), id="pixels"),
        pytest.param("facebook", image(pictures.png(600, 315)), id="size"),
        pytest.param("whatsapp", image(pictures.png(1200, 630, 600_000 - 57)), id="bytes"),
        pytest.param("discord", image(seconds=10.0), id="time"),
        pytest.param(
            "facebook", image(b"\0\0\0\x20ftypavif", "image/avif"), id="a size that is not read"
        ),
    ],
)
def test_image_at_its_limit_breaks_nothing(name: str, fitting: FetchedPage) -> None:
    assert image_problems(get_crawler(name), fitting) == []
