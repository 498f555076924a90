"""The limits that a preview's picture can break, each with the sentence that says so."""

from collections.abc import Iterator

from handler.domain.previews.crawlers.crawler import Crawler
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from handler.domain.previews.unfurl.image_info import ImageInfo, sniff_image
from handler.domain.previews.unfurl.page_rules import timeout_problem


def image_problems(crawler: Crawler, image: FetchedPage) -> list[str]:
    """Return a sentence for each limit of this crawler that a fetched picture breaks."""
    if not 200 <= image.status < 300:
        return [f"The image answers {image.status}."]
    picture = sniff_image(image.body)
    if picture is None or not image.media_type.startswith("image/"):
        return [f"The image is no picture: it is {image.media_type or 'of no type'}."]
    return [
        *_misfetched(crawler, image),
        *_unfit(crawler, picture, len(image.body)),
        *_too_small(crawler, picture),
    ]


def _misfetched(crawler: Crawler, image: FetchedPage) -> Iterator[str]:
    if image.hops and not crawler.image.redirects:
        yield f"The image leads to {image.hops[-1]}, {crawler.label} follows no redirect."
    if crawler.image.needs_length and not image.headers.get("content-length", "").isdigit():
        yield f"The image has no Content-Length, {crawler.label} shows none without."
    yield from timeout_problem(crawler, image, "image")


def _unfit(crawler: Crawler, picture: ImageInfo, found_bytes: int) -> Iterator[str]:
    limits = crawler.image
    if limits.formats is not None and picture.format not in limits.formats:
        taken = ", ".join(limits.formats)
        yield f"The image is a {picture.format}, {crawler.label} takes {taken}."
    if limits.max_bytes is not None and found_bytes > limits.max_bytes:
        yield f"The image has {found_bytes:,} bytes, {crawler.label} takes {limits.max_bytes:,}."
    pixels = picture.width * picture.height
    if limits.max_pixels is not None and pixels > limits.max_pixels:
        yield f"The image has {pixels:,} pixels, {crawler.label} takes {limits.max_pixels:,}."


def _too_small(crawler: Crawler, picture: ImageInfo) -> Iterator[str]:
    """Judge sizes where they were found: AVIF and SVG hide theirs."""
    limits = crawler.image
    if not picture.width or not picture.height:
        return
    for side, found, least in (
        ("wide", picture.width, limits.min_width),
        ("high", picture.height, limits.min_height),
    ):
        if least is not None and found < least:
            yield f"The image is {found} pixels {side}, {crawler.label} wants {least}."
    short, long = sorted((picture.width, picture.height))
    if limits.ratio is not None and long > limits.ratio * short:
        yield (
            f"The image is {long / short:.1f} to 1, {crawler.label} takes {limits.ratio:g} to 1."
        )
