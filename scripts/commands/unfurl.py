"""Shows the preview of a link on each platform, and the limits that the page breaks."""

import argparse
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from handler.adapters.network import DIRECT, Network
from handler.domain.previews.crawlers.crawler import Crawler
from handler.domain.previews.crawlers.crawlers import CRAWLERS, PREVIEW_CRAWLERS, get_crawler
from handler.domain.previews.unfurl.image_rules import image_problems
from handler.domain.previews.unfurl.unfurl import UnfurlResult, unfurl
from handler.domain.text import collapse_whitespace
from scripts.lib.command_line import DONE, FAILED, create_parser, run
from scripts.lib.network import network_from_env
from scripts.lib.terminal import print_progress, shows_colors
from scripts.lib.urls import parse_url
from scripts.unfurling.fetch import FetchFailed, Transport, fetch_image, fetch_page
from scripts.unfurling.report import PlatformReport, Style, format_report

# Few enough for any server to answer each request in its usual time.
_MAX_CONCURRENT = 4


def main(
    arguments: Sequence[str], transport: Transport | None = None, style: Style | None = None
) -> int:
    """Return the exit status: 0 for no broken limit, 1 for some, or for no response.

    Raises SettingsError.
    """
    options = _parse_arguments(arguments)
    network = network_from_env()
    crawlers = [get_crawler(name) for name in options.only or ()] or PREVIEW_CRAWLERS
    with ThreadPoolExecutor(_MAX_CONCURRENT) as pool:
        task = partial(
            unfurl_as,
            url=options.url,
            with_image=not options.no_image,
            transport=transport,
            network=network,
        )
        reports = list(_report_progress(pool.map(task, crawlers), crawlers))
    if not any(report.page for report in reports):
        print(f"Cannot unfurl: {collapse_whitespace(reports[0].problems[0])}", file=sys.stderr)
        return FAILED
    print("\n".join(format_report(reports, style or _style())))
    return FAILED if any(report.problems for report in reports) else DONE


def _report_progress(
    reports: Iterable[PlatformReport], crawlers: Sequence[Crawler]
) -> Iterator[PlatformReport]:
    """Yield the reports, and print a line for each that is awaited."""
    for number, (crawler, report) in enumerate(zip(crawlers, reports, strict=True), 1):
        print_progress(f"{crawler.label}: {number} of {len(crawlers)}")
        yield report


def unfurl_as(
    crawler: Crawler,
    url: str,
    with_image: bool,
    transport: Transport | None = None,
    network: Network = DIRECT,
) -> PlatformReport:
    """Return the report for one crawler."""
    try:
        page = fetch_page(crawler, url, transport, network)
    except FetchFailed as error:
        return PlatformReport(
            crawler, UnfurlResult(crawler.name), problems=(f"Nothing answers: {error}",)
        )
    preview = unfurl(crawler, page)
    if not with_image or preview.image is None:
        return PlatformReport(crawler, preview, page, problems=preview.problems)
    try:
        image = fetch_image(crawler, preview.image.text, transport, network)
    except FetchFailed as error:
        return PlatformReport(
            crawler, preview, page, None, (*preview.problems, f"No image: {error}")
        )
    return PlatformReport(
        crawler, preview, page, image, (*preview.problems, *image_problems(crawler, image))
    )


def _parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = create_parser("unfurl", __doc__, epilog="docs/crawlers.md has the limits.")
    parser.add_argument("url", type=parse_url, metavar="URL", help="http:// or https://")
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


def _style() -> Style:
    return Style(shutil.get_terminal_size().columns, shows_colors(sys.stdout))


if __name__ == "__main__":
    run(main)
