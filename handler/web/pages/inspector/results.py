"""The results that the preview inspector shows for each platform.

They follow the same rules as any link: `unfurl`, `page_rules` and `image_rules`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from handler.domain.previews.crawlers.crawler import Crawler, TextLimit
from handler.domain.previews.crawlers.crawlers import PREVIEW_CRAWLERS, get_crawler
from handler.domain.previews.crawlers.layouts import LAYOUTS, PreviewLayout, crop_size
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from handler.domain.previews.unfurl.image_info import ImageInfo, sniff_image
from handler.domain.previews.unfurl.image_rules import image_problems
from handler.domain.previews.unfurl.page_rules import measure
from handler.domain.previews.unfurl.report import LimitCheck, check_limits
from handler.domain.previews.unfurl.unfurl import PreviewField, UnfurlResult, unfurl

_MARKUP = {"element": "<{}>", "meta": '<meta name="{}">', "link": '<link rel="{}">'}


class CrawlerResult(NamedTuple):
    """One crawler's preview of the link, its problems, and every limit that was checked."""

    crawler: Crawler
    unfurl: UnfurlResult
    problems: tuple[str, ...]
    checks: tuple[LimitCheck, ...]


class FieldSource(NamedTuple):
    """The tag of one field of a preview, and what the platform did with its value."""

    field: str
    tag: str
    outcome: str


class PlatformPreview(NamedTuple):
    """The preview that is drawn for a platform, with the source of each field."""

    result: CrawlerResult
    layout: PreviewLayout
    sources: tuple[FieldSource, ...]

    @property
    def labels(self) -> tuple[tuple[str, str], ...]:
        """The labels with their values, as far as the platform shows them."""
        return self.result.unfurl.extras if "labels" in self.layout.parts else ()

    @property
    def accent_color(self) -> str:
        """The color of the preview's edge, "" where the platform draws none."""
        return dict(self.result.unfurl.extras).get("theme-color", "")


def evaluate_crawlers(page: FetchedPage, image: FetchedPage) -> list[CrawlerResult]:
    """Return the result of every preview crawler, those with a layout first."""
    drawn = [get_crawler(layout.crawler) for layout in LAYOUTS]
    others = [crawler for crawler in PREVIEW_CRAWLERS if crawler not in drawn]
    return [_evaluate(crawler, page, image) for crawler in (*drawn, *others)]


def platform_previews(results: list[CrawlerResult], response: FetchedPage) -> list[PlatformPreview]:
    """Return the previews that are drawn, for results in the order of `evaluate_crawlers`."""
    image = sniff_image(response.body) or ImageInfo("")
    return [
        PlatformPreview(result, layout, tuple(_sources(result, layout, image)))
        for result, layout in zip(results, LAYOUTS, strict=False)
    ]


def tag_markup(key: str) -> str:
    """Return a key of page metadata as it is written in a page."""
    kind, colon, name = key.partition(":")
    if not colon:
        return f"<{key}>"
    if kind == "jsonld":
        return f"JSON-LD {name}"
    return _MARKUP[kind].format(name) if kind in _MARKUP else key


def _evaluate(crawler: Crawler, page: FetchedPage, image: FetchedPage) -> CrawlerResult:
    preview = unfurl(crawler, page)
    problems = (*preview.problems, *image_problems(crawler, image))
    return CrawlerResult(crawler, preview, problems, tuple(check_limits(crawler, page, image)))


def _sources(
    result: CrawlerResult, layout: PreviewLayout, image: ImageInfo
) -> Iterator[FieldSource]:
    crawler, preview = result.crawler, result.unfurl
    if preview.title:
        outcome = _text_outcome(preview.title, crawler.title, layout.title_lines)
        yield FieldSource("Title", tag_markup(preview.title.tag), outcome)
    if preview.description:
        lines = layout.description_lines
        outcome = _text_outcome(preview.description, crawler.description, lines)
        if "description" not in layout.parts:
            outcome = "read, not shown beside a large picture"
        yield FieldSource("Description", tag_markup(preview.description.tag), outcome)
    if preview.image:
        yield FieldSource("Picture", tag_markup(preview.image.tag), _image_outcome(image, layout))
    if preview.site_name and "site" in layout.parts:
        yield FieldSource("Site", "og:site_name", "whole")
    if "labels" in layout.parts and preview.extras:
        outcome = f"{len(preview.extras)} shown"
        yield FieldSource("Labels", "twitter:label1, twitter:data1 …", outcome)


def _text_outcome(field: PreviewField, limit: TextLimit, lines: int | None) -> str:
    """Return "cut after 70 of 94 bytes", or the size of a text that is not truncated."""
    size = measure(field.full_text or field.text, limit)
    if field.full_text:
        verb = "folded" if limit.overflow == "folded" else "cut"
        return f"{verb} after {measure(field.text, limit)} of {size} {limit.unit}"
    maximum = f" of at most {limit.maximum}" if limit.maximum is not None else ""
    size_text = f"{size}{maximum} {limit.unit}"
    if lines is None:
        return f"{size_text}, whole"
    return f"{size_text}, as many as fit {lines} line{'s' if lines > 1 else ''}"


def _image_outcome(image: ImageInfo, layout: PreviewLayout) -> str:
    width, height = crop_size(image, layout)
    size = f"{image.width} × {image.height} {image.format}"
    if (width, height) == (image.width, image.height):
        return f"{size}, shown whole"
    return f"{size}, shown cropped to {width} × {height} of it"
