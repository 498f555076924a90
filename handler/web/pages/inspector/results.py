"""What the preview inspector shows of each platform: the preview, where it came from, what breaks.

It is judged by the same rules as any link: `unfurling`, `page_limits` and `image_limits`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from handler.domain.previews.crawlers.crawler import Crawler, TextLimit
from handler.domain.previews.crawlers.crawlers import PREVIEW_CRAWLERS, get_crawler
from handler.domain.previews.crawlers.layouts import LAYOUTS, PreviewLayout, crop_size
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from handler.domain.previews.unfurl.image_info import ImageInfo, sniff_image
from handler.domain.previews.unfurl.image_rules import image_problems
from handler.domain.previews.unfurl.page_rules import measure
from handler.domain.previews.unfurl.report import LimitCheck, check_limits
from handler.domain.previews.unfurl.unfurl import PreviewField, UnfurlResult, unfurl

_WAYS = {"element": "<{}>", "meta": '<meta name="{}">', "link": '<link rel="{}">'}


@dataclass(frozen=True, slots=True)
class CrawlerResult:
    """What one crawler makes of the link, and how it was judged."""

    crawler: Crawler
    unfurl: UnfurlResult
    problems: tuple[str, ...]
    checks: tuple[LimitCheck, ...]


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Where one part of a preview came from: a tag, and what became of its value."""

    part: str
    tag: str
    outcome: str


@dataclass(frozen=True, slots=True)
class PlatformPreview:
    """One platform as it is drawn: its layout, and where each part came from."""

    result: CrawlerResult
    layout: PreviewLayout
    sources: tuple[FieldSource, ...]

    @property
    def labels(self) -> tuple[tuple[str, str], ...]:
        """The labels that the platform shows with their values."""
        return self.result.unfurl.extras if "labels" in self.layout.parts else ()

    @property
    def accent_color(self) -> str:
        """The colour that the platform draws at the edge of the preview, "" where it draws none."""
        return dict(self.result.unfurl.extras).get("theme-color", "")


def evaluate_crawlers(page: FetchedPage, image: FetchedPage) -> list[CrawlerResult]:
    """Return what each crawler makes of a page and its picture, those that are drawn first."""
    drawn = [get_crawler(layout.crawler) for layout in LAYOUTS]
    others = [crawler for crawler in PREVIEW_CRAWLERS if crawler not in drawn]
    return [_verdict(crawler, page, image) for crawler in (*drawn, *others)]


def platform_previews(verdicts: list[CrawlerResult], image: FetchedPage) -> list[PlatformPreview]:
    """Return the platforms that are drawn: the verdicts on them come first."""
    picture = sniff_image(image.body) or ImageInfo("")
    return [
        PlatformPreview(verdict, layout, tuple(_origins(verdict, layout, picture)))
        for verdict, layout in zip(verdicts, LAYOUTS, strict=False)
    ]


def tag_markup(key: str) -> str:
    """Return a key of page metadata as it is written in a page."""
    way, colon, name = key.partition(":")
    if not colon:
        return f"<{key}>"
    if way == "jsonld":
        return f"JSON-LD {name}"
    return _WAYS[way].format(name) if way in _WAYS else key


def _verdict(crawler: Crawler, page: FetchedPage, image: FetchedPage) -> CrawlerResult:
    found = unfurl(crawler, page)
    problems = (*found.problems, *image_problems(crawler, image))
    return CrawlerResult(crawler, found, problems, tuple(check_limits(crawler, page, image)))


def _origins(
    verdict: CrawlerResult, layout: PreviewLayout, picture: ImageInfo
) -> Iterator[FieldSource]:
    crawler, found = verdict.crawler, verdict.unfurl
    if found.title:
        fate = _text_fate(found.title, crawler.title, layout.title_lines)
        yield FieldSource("Title", tag_markup(found.title.tag), fate)
    if found.description:
        fate = _text_fate(found.description, crawler.description, layout.description_lines)
        shown = "description" in layout.parts
        yield FieldSource(
            "Description",
            tag_markup(found.description.tag),
            fate if shown else "read, not shown beside a large picture",
        )
    if found.image:
        yield FieldSource("Picture", tag_markup(found.image.tag), _picture_fate(picture, layout))
    if found.site_name and "site" in layout.parts:
        yield FieldSource("Site", "og:site_name", "whole")
    if "labels" in layout.parts and found.extras:
        yield FieldSource("Labels", "twitter:label1, twitter:data1 …", f"{len(found.extras)} shown")


def _text_fate(field: PreviewField, limit: TextLimit, lines: int | None) -> str:
    """Return "cut after 70 of 94 bytes", or how long a text is that is taken whole."""
    found = measure(field.whole or field.text, limit)
    if field.whole:
        cut = "folded" if limit.over == "folded" else "cut"
        return f"{cut} after {measure(field.text, limit)} of {found} {limit.unit}"
    most = f" of at most {limit.maximum}" if limit.maximum is not None else ""
    counted = f"{found}{most} {limit.unit}"
    if lines is None:
        return f"{counted}, whole"
    return f"{counted}, as many as fit {lines} line{'s' if lines > 1 else ''}"


def _picture_fate(picture: ImageInfo, layout: PreviewLayout) -> str:
    width, height = crop_size(picture, layout)
    found = f"{picture.width} × {picture.height} {picture.format}"
    if (width, height) == (picture.width, picture.height):
        return f"{found}, shown whole"
    return f"{found}, shown cropped to {width} × {height} of it"
