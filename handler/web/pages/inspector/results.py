"""What the preview inspector shows of each platform: the preview, where it came from, what breaks.

It is judged by the same rules as any link: `unfurling`, `page_limits` and `image_limits`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from handler.domain.previews.crawlers.crawler import Crawler, TextLimit
from handler.domain.previews.crawlers.crawlers import PREVIEWERS, crawler_named
from handler.domain.previews.crawlers.layouts import LAYOUTS, Layout, seen
from handler.domain.previews.unfurl.fetched_page import Download
from handler.domain.previews.unfurl.image_info import Picture, picture_of
from handler.domain.previews.unfurl.image_rules import image_problems
from handler.domain.previews.unfurl.page_rules import size
from handler.domain.previews.unfurl.report import Check, checks_of
from handler.domain.previews.unfurl.unfurl import Field, Unfurl, unfurl

_WAYS = {"element": "<{}>", "meta": '<meta name="{}">', "link": '<link rel="{}">'}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one crawler makes of the link, and how it was judged."""

    crawler: Crawler
    unfurl: Unfurl
    problems: tuple[str, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one part of a preview came from: a tag, and what became of its value."""

    part: str
    tag: str
    fate: str


@dataclass(frozen=True, slots=True)
class Simulation:
    """One platform as it is drawn: its layout, and where each part came from."""

    verdict: Verdict
    layout: Layout
    origins: tuple[Origin, ...]

    @property
    def labels(self) -> tuple[tuple[str, str], ...]:
        """The labels that the platform shows with their values."""
        return self.verdict.unfurl.extras if "labels" in self.layout.parts else ()

    @property
    def edge(self) -> str:
        """The colour that the platform draws at the edge of the preview, "" where it draws none."""
        return dict(self.verdict.unfurl.extras).get("theme-color", "")


def verdicts_on(page: Download, image: Download) -> list[Verdict]:
    """Return what each crawler makes of a page and its picture, those that are drawn first."""
    drawn = [crawler_named(layout.crawler) for layout in LAYOUTS]
    others = [crawler for crawler in PREVIEWERS if crawler not in drawn]
    return [_verdict(crawler, page, image) for crawler in (*drawn, *others)]


def simulations_of(verdicts: list[Verdict], image: Download) -> list[Simulation]:
    """Return the platforms that are drawn: the verdicts on them come first."""
    picture = picture_of(image.body) or Picture("")
    return [
        Simulation(verdict, layout, tuple(_origins(verdict, layout, picture)))
        for verdict, layout in zip(verdicts, LAYOUTS, strict=False)
    ]


def tag_words(key: str) -> str:
    """Return a key of page metadata as it is written in a page."""
    way, colon, name = key.partition(":")
    if not colon:
        return f"<{key}>"
    if way == "jsonld":
        return f"JSON-LD {name}"
    return _WAYS[way].format(name) if way in _WAYS else key


def _verdict(crawler: Crawler, page: Download, image: Download) -> Verdict:
    found = unfurl(crawler, page)
    problems = (*found.problems, *image_problems(crawler, image))
    return Verdict(crawler, found, problems, tuple(checks_of(crawler, page, image)))


def _origins(verdict: Verdict, layout: Layout, picture: Picture) -> Iterator[Origin]:
    crawler, found = verdict.crawler, verdict.unfurl
    if found.title:
        fate = _text_fate(found.title, crawler.title, layout.title_lines)
        yield Origin("Title", tag_words(found.title.tag), fate)
    if found.description:
        fate = _text_fate(found.description, crawler.description, layout.description_lines)
        shown = "description" in layout.parts
        yield Origin(
            "Description",
            tag_words(found.description.tag),
            fate if shown else "read, not shown beside a large picture",
        )
    if found.image:
        yield Origin("Picture", tag_words(found.image.tag), _picture_fate(picture, layout))
    if found.site_name and "site" in layout.parts:
        yield Origin("Site", "og:site_name", "whole")
    if "labels" in layout.parts and found.extras:
        yield Origin("Labels", "twitter:label1, twitter:data1 …", f"{len(found.extras)} shown")


def _text_fate(field: Field, limit: TextLimit, lines: int | None) -> str:
    """Return "cut after 70 of 94 bytes", or how long a text is that is taken whole."""
    found = size(field.whole or field.text, limit)
    if field.whole:
        cut = "folded" if limit.over == "folded" else "cut"
        return f"{cut} after {size(field.text, limit)} of {found} {limit.unit}"
    most = f" of at most {limit.most}" if limit.most is not None else ""
    counted = f"{found}{most} {limit.unit}"
    if lines is None:
        return f"{counted}, whole"
    return f"{counted}, as many as fit {lines} line{'s' if lines > 1 else ''}"


def _picture_fate(picture: Picture, layout: Layout) -> str:
    width, height = seen(picture, layout)
    found = f"{picture.width} × {picture.height} {picture.format}"
    if (width, height) == (picture.width, picture.height):
        return f"{found}, shown whole"
    return f"{found}, shown cropped to {width} × {height} of it"
