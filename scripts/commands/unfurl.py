"""Shows the preview of a link on each platform, and the limits that the page breaks."""

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from urllib.parse import urlsplit

from handler.domain.previews.crawlers.crawler import Crawler
from handler.domain.previews.crawlers.crawlers import CRAWLERS, PREVIEW_CRAWLERS, get_crawler
from handler.domain.previews.unfurl.image_rules import image_problems
from handler.domain.previews.unfurl.unfurl import UnfurlResult, unfurl
from handler.domain.text import collapse_whitespace
from scripts.lib.command_line import create_parser, run
from scripts.unfurling.fetch import FetchFailed, Transport, fetch_image, fetch_page
from scripts.unfurling.report import PlatformReport, Style, format_report

# Few enough for any server to answer each request in its usual time.
_MAX_CONCURRENT = 4


def main(
    arguments: Sequence[str], transport: Transport | None = None, style: Style | None = None
) -> int:
    """Return the exit status: 0 for no broken limit, 1 for some, 2 for no response."""
    options = _parse_arguments(arguments)
    crawlers = [get_crawler(name) for name in options.only or ()] or PREVIEW_CRAWLERS
    with ThreadPoolExecutor(_MAX_CONCURRENT) as pool:
        with_image = not options.no_image
        task = partial(unfurl_as, url=options.url, with_image=with_image, transport=transport)
        reports = list(pool.map(task, crawlers))
    if not any(report.page for report in reports):
        print(f"Cannot unfurl: {collapse_whitespace(reports[0].problems[0])}", file=sys.stderr)
        return 2
    print("\n".join(format_report(reports, style or _style())))
    return 1 if any(report.problems for report in reports) else 0


def unfurl_as(
    crawler: Crawler, url: str, with_image: bool, transport: Transport | None = None
) -> PlatformReport:
    """Return the report for one crawler."""
    try:
        page = fetch_page(crawler, url, transport)
    except FetchFailed as error:
        return PlatformReport(
            crawler, UnfurlResult(crawler.name), problems=(f"Nothing answers: {error}",)
        )
    preview = unfurl(crawler, page)
    if not with_image or preview.image is None:
        return PlatformReport(crawler, preview, page, problems=preview.problems)
    try:
        image = fetch_image(crawler, preview.image.text, transport)
    except FetchFailed as error:
        return PlatformReport(
            crawler, preview, page, None, (*preview.problems, f"No image: {error}")
        )
    return PlatformReport(
        crawler, preview, page, image, (*preview.problems, *image_problems(crawler, image))
    )


def _parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = create_parser(
        "unfurl",
        __doc__,
        epilog="Ends with 1 where a limit is broken, 2 where nothing answers. "
        "docs/crawlers.md has the limits.",
    )
    parser.add_argument("url", type=_parse_url, metavar="URL", help="http:// or https://")
    parser.add_argument(
        "--only",
        action="append",
        metavar="NAME",
        choices=[crawler.name for crawler in CRAWLERS],
        help="one crawler, by its name; may be repeated: "
        + ", ".join(crawler.name for crawler in CRAWLERS),
    )
    parser.add_argument("--no-image", action="store_true", help="do not fetch the picture")
    return parser.parse_args(arguments)


def _parse_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise argparse.ArgumentTypeError(f"{text!r} is not a http:// or https:// address")
    return text


def _style() -> Style:
    colored = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return Style(shutil.get_terminal_size().columns, colored)


if __name__ == "__main__":
    run(main)
