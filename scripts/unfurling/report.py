"""The terminal report of scripts/unfurl: the preview of a link on each platform."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handler.domain.previews.crawlers.crawler import Crawler
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from handler.domain.previews.unfurl.image_info import sniff_image
from handler.domain.previews.unfurl.unfurl import PreviewField, UnfurlResult
from handler.domain.text import collapse_whitespace

_BOLD, _RED, _DIM, _RESET = "\x1b[1m", "\x1b[31m", "\x1b[2m", "\x1b[0m"
_MIN_COLUMNS = 40
_LABEL_COLUMNS = 13


@dataclass(frozen=True, slots=True)
class PlatformReport:
    """The preview of a link on one platform; `page` is None where no response came."""

    crawler: Crawler
    unfurl: UnfurlResult
    page: FetchedPage | None = None
    image: FetchedPage | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """The width of the terminal, and whether it shows colors."""

    columns: int = 80
    colored: bool = False

    def paint(self, code: str, text: str) -> str:
        """Return the text in a color, or as it is where the terminal shows none."""
        return f"{code}{text}{_RESET}" if self.colored else text


def format_report(reports: Sequence[PlatformReport], style: Style) -> Iterator[str]:
    """Yield the lines for all platforms, and a summary."""
    for report in reports:
        yield from _platform(report, style)
        yield ""
    yield from format_summary(reports, style)


def format_summary(reports: Sequence[PlatformReport], style: Style) -> Iterator[str]:
    """Yield the lines that close the report."""
    broken = [report for report in reports if report.problems]
    count = f"{len(reports)} platform{'s' if len(reports) != 1 else ''}"
    if not broken:
        yield f"{count}: nothing breaks."
        return
    problems = sum(len(report.problems) for report in broken)
    names = ", ".join(report.crawler.label for report in broken)
    sentence = f"{count}: {problems} problem{'s' if problems != 1 else ''}, on {names}."
    yield from (style.paint(_RED, line) for line in _wrap(sentence, style, "", ""))


def _platform(report: PlatformReport, style: Style) -> Iterator[str]:
    duration = f", {report.page.seconds:.2f} s" if report.page else ""
    yield f"{style.paint(_BOLD, report.crawler.label)}{style.paint(_DIM, duration)}"
    yield from _field("title", report.unfurl.title, style)
    if report.crawler.tags.description:
        yield from _field("description", report.unfurl.description, style)
    yield from _field("image", report.unfurl.image, style, describe_image(report.image))
    for label, value in (("site", report.unfurl.site_name), *report.unfurl.extras):
        if value:
            yield from _row(label, value, style)
    for problem in report.problems:
        for line in _wrap(problem, style, "  ! ", "    "):
            yield style.paint(_RED, line)


def describe_image(response: FetchedPage | None) -> str:
    """Return "1200×630 png, 41,003 bytes, 0.12 s" for an image, "" for None."""
    if response is None:
        return ""
    if not 200 <= response.status < 300:
        return f"answered {response.status}"
    image = sniff_image(response.body)
    if image is None:
        return f"{len(response.body):,} bytes of {response.media_type or 'no type'}"
    size = f"{image.width}×{image.height} " if image.width else ""
    return f"{size}{image.format}, {len(response.body):,} bytes, {response.seconds:.2f} s"


def _field(label: str, field: PreviewField | None, style: Style, detail: str = "") -> Iterator[str]:
    if field is None:
        yield from _row(label, "none", style)
        return
    details = f" ({', '.join(part for part in (detail, field.tag) if part)})"
    yield from _row(label, field.text + details, style)


def _row(label: str, value: str, style: Style) -> Iterator[str]:
    """Yield a label and its value, both without the control characters that a page may send."""
    first = f"  {collapse_whitespace(label)} ".ljust(_LABEL_COLUMNS + 2)
    yield from _wrap(value, style, first, " " * (_LABEL_COLUMNS + 2))


def _wrap(text: str, style: Style, first: str, further: str) -> list[str]:
    return textwrap.wrap(
        collapse_whitespace(text),
        width=max(_MIN_COLUMNS, style.columns),
        initial_indent=first,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )
