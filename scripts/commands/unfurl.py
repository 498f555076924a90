"""Shows what each platform makes of a link: its title, description and picture, and what breaks."""

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
from scripts.unfurling.fetch import (
    Client,
    FetchFailed,
    Transport,
    client_for,
    fetch_image,
    fetch_page,
)
from scripts.unfurling.report import PlatformReport, Style, report

# As many crawlers at once: few enough for any server to answer each in its usual time.
_AT_ONCE = 4


def main(
    arguments: Sequence[str], transport: Transport | None = None, style: Style | None = None
) -> int:
    """Return the exit status: 0 where nothing breaks, 1 where something does, 2 for no answer."""
    options = _parsed(arguments)
    crawlers = [get_crawler(name) for name in options.only or ()] or PREVIEW_CRAWLERS
    with client_for(transport) as client, ThreadPoolExecutor(_AT_ONCE) as pool:
        look = partial(seen_by, client, url=options.url, with_image=not options.no_image)
        seen = list(pool.map(look, crawlers))
    if not any(one.page for one in seen):
        print(f"Cannot unfurl: {collapse_whitespace(seen[0].problems[0])}", file=sys.stderr)
        return 2
    print("\n".join(report(seen, style or _style())))
    return 1 if any(one.problems for one in seen) else 0


def seen_by(client: Client, crawler: Crawler, url: str, with_image: bool) -> PlatformReport:
    """Return what one crawler's platform makes of a link."""
    try:
        page = fetch_page(client, crawler, url)
    except FetchFailed as error:
        return PlatformReport(
            crawler, UnfurlResult(crawler.name), problems=(f"Nothing answers: {error}",)
        )
    shown = unfurl(crawler, page)
    if not with_image or shown.image is None:
        return PlatformReport(crawler, shown, page, problems=shown.problems)
    try:
        image = fetch_image(client, crawler, shown.image.text)
    except FetchFailed as error:
        return PlatformReport(crawler, shown, page, None, (*shown.problems, f"No image: {error}"))
    return PlatformReport(
        crawler, shown, page, image, (*shown.problems, *image_problems(crawler, image))
    )


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/unfurl",
        description=__doc__,
        epilog="Ends with 1 where a limit is broken, 2 where nothing answers. "
        "docs/crawlers.md has the limits.",
    )
    parser.add_argument("url", type=_address, metavar="URL", help="http:// or https://")
    parser.add_argument(
        "--only",
        action="append",
        metavar="NAME",
        choices=[one.name for one in CRAWLERS],
        help="one crawler, by its name; may be repeated: "
        + ", ".join(one.name for one in CRAWLERS),
    )
    parser.add_argument("--no-image", action="store_true", help="do not fetch the picture")
    return parser.parse_args(arguments)


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise argparse.ArgumentTypeError(f"{text!r} is not a http:// or https:// address")
    return text


def _style() -> Style:
    colored = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return Style(shutil.get_terminal_size().columns, colored)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
