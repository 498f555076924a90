"""The lines in which scripts/unfurl shows what each platform makes of a link."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handler.domain.previews.crawlers.crawler import Crawler
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from handler.domain.previews.unfurl.image_info import sniff_image
from handler.domain.previews.unfurl.unfurl import PreviewField, UnfurlResult
from handler.domain.text import collapse_whitespace

_BOLD, _RED, _DIM, _RESET = "\x1b[1m", "\x1b[31m", "\x1b[2m", "\x1b[0m"
_NARROWEST = 40
_LABEL_COLUMNS = 13


@dataclass(frozen=True, slots=True)
class PlatformReport:
    """What one platform makes of a link; `page` is None where it got no answer."""

    crawler: Crawler
    unfurl: UnfurlResult
    page: FetchedPage | None = None
    image: FetchedPage | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """How wide the terminal is, and whether it shows colours."""

    columns: int = 80
    colored: bool = False

    def paint(self, code: str, text: str) -> str:
        """Return the text in a colour, where there are colours."""
        return f"{code}{text}{_RESET}" if self.colored else text


def report(seen: Sequence[PlatformReport], style: Style) -> Iterator[str]:
    """Yield the lines for all platforms, and a summary."""
    for one in seen:
        yield from _platform(one, style)
        yield ""
    yield from summary(seen, style)


def summary(seen: Sequence[PlatformReport], style: Style) -> Iterator[str]:
    """Yield the lines that close the report."""
    broken = [one for one in seen if one.problems]
    count = f"{len(seen)} platform{'s' if len(seen) != 1 else ''}"
    if not broken:
        yield f"{count}: nothing breaks."
        return
    problems = sum(len(one.problems) for one in broken)
    names = ", ".join(one.crawler.label for one in broken)
    words = f"{count}: {problems} problem{'s' if problems != 1 else ''}, on {names}."
    yield from (style.paint(_RED, line) for line in _wrapped(words, style, "", ""))


def _platform(one: PlatformReport, style: Style) -> Iterator[str]:
    took = f", {one.page.seconds:.2f} s" if one.page else ""
    yield f"{style.paint(_BOLD, one.crawler.label)}{style.paint(_DIM, took)}"
    yield from _field("title", one.unfurl.title, style)
    if one.crawler.tags.description:
        yield from _field("description", one.unfurl.description, style)
    yield from _field("image", one.unfurl.image, style, picture_words(one.image))
    for label, value in (("site", one.unfurl.site_name), *one.unfurl.extras):
        if value:
            yield from _row(label, value, style)
    for problem in one.problems:
        for line in _wrapped(problem, style, "  ! ", "    "):
            yield style.paint(_RED, line)


def picture_words(image: FetchedPage | None) -> str:
    """Return "1200×630 png, 41,003 bytes, 0.12 s" of a picture, "" where none came."""
    if image is None:
        return ""
    if not 200 <= image.status < 300:
        return f"answered {image.status}"
    picture = sniff_image(image.body)
    if picture is None:
        return f"{len(image.body):,} bytes of {image.media_type or 'no type'}"
    size = f"{picture.width}×{picture.height} " if picture.width else ""
    return f"{size}{picture.format}, {len(image.body):,} bytes, {image.seconds:.2f} s"


def _field(label: str, found: PreviewField | None, style: Style, more: str = "") -> Iterator[str]:
    if found is None:
        yield from _row(label, "none", style)
        return
    details = f" ({', '.join(part for part in (more, found.tag) if part)})"
    yield from _row(label, found.text + details, style)


def _row(label: str, value: str, style: Style) -> Iterator[str]:
    """Yield a label and its value. Both may be strangers' words, which a terminal would obey."""
    first = f"  {collapse_whitespace(label)} ".ljust(_LABEL_COLUMNS + 2)
    yield from _wrapped(value, style, first, " " * (_LABEL_COLUMNS + 2))


def _wrapped(text: str, style: Style, first: str, further: str) -> list[str]:
    return textwrap.wrap(
        collapse_whitespace(text),
        width=max(_NARROWEST, style.columns),
        initial_indent=first,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )
