"""The limits that a preview's image can break, each with a sentence for it."""

from collections.abc import Iterator

from handler.domain.previews.crawlers.crawler import Crawler
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from handler.domain.previews.unfurl.image_info import ImageInfo, sniff_image
from handler.domain.previews.unfurl.page_rules import timeout_problem


def image_problems(crawler: Crawler, response: FetchedPage) -> list[str]:
    """Return a sentence for each limit of this crawler that a fetched image breaks."""
    if not 200 <= response.status < 300:
        return [f"The image answers {response.status}."]
    image = sniff_image(response.body)
    if image is None or not response.media_type.startswith("image/"):
        return [f"The image is no picture: it is {response.media_type or 'of no type'}."]
    return [
        *_transfer_problems(crawler, response),
        *_content_problems(crawler, image, len(response.body)),
        *_dimension_problems(crawler, image),
    ]


def _transfer_problems(crawler: Crawler, response: FetchedPage) -> Iterator[str]:
    if response.hops and not crawler.image.follows_redirects:
        yield f"The image leads to {response.hops[-1]}, {crawler.label} follows no redirect."
    if (
        crawler.image.requires_content_length
        and not response.headers.get("content-length", "").isdigit()
    ):
        yield f"The image has no Content-Length, {crawler.label} shows none without."
    yield from timeout_problem(crawler, response, "image")


def _content_problems(crawler: Crawler, image: ImageInfo, size_bytes: int) -> Iterator[str]:
    limits = crawler.image
    if limits.formats is not None and image.format not in limits.formats:
        formats = ", ".join(limits.formats)
        yield f"The image is a {image.format}, {crawler.label} takes {formats}."
    if limits.max_bytes is not None and size_bytes > limits.max_bytes:
        yield f"The image has {size_bytes:,} bytes, {crawler.label} takes {limits.max_bytes:,}."
    pixels = image.width * image.height
    if limits.max_pixels is not None and pixels > limits.max_pixels:
        yield f"The image has {pixels:,} pixels, {crawler.label} takes {limits.max_pixels:,}."


def _dimension_problems(crawler: Crawler, image: ImageInfo) -> Iterator[str]:
    """Yield the problems of known dimensions: those of AVIF and SVG are not read."""
    limits = crawler.image
    if not image.width or not image.height:
        return
    for side, pixels, minimum in (
        ("wide", image.width, limits.min_width),
        ("high", image.height, limits.min_height),
    ):
        if minimum is not None and pixels < minimum:
            yield f"The image is {pixels} pixels {side}, {crawler.label} wants {minimum}."
    short, long = sorted((image.width, image.height))
    if limits.ratio is not None and long > limits.ratio * short:
        ratio = f"{long / short:.1f} to 1"
        yield f"The image is {ratio}, {crawler.label} takes {limits.ratio:g} to 1."
