"""Checks a deployed site from outside, and prints the results."""

import argparse
from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx

from scripts.lib.checked_site import Site
from scripts.lib.command_line import create_parser, run
from scripts.lib.site_checks import CHECKS, run_checks

_TIMEOUT_SECONDS = 20.0
# Eight times the default interval between refreshes.
_MAX_AGE_MINUTES = 120


def main(arguments: Sequence[str], transport: httpx.BaseTransport | None = None) -> int:
    """Return the exit status: 0 if the site passed every check, else 1."""
    options = _parse_arguments(arguments)
    with httpx.Client(
        follow_redirects=False, timeout=_TIMEOUT_SECONDS, transport=transport
    ) as client:
        site = Site(client, options.url, options.model, options.max_age, options.flood)
        results = run_checks(site)
    width = max(map(len, CHECKS))
    for name, passed, details in results:
        print(f"{'ok    ' if passed else 'FAILED'}  {name:<{width}}  {details}")
    return 0 if all(passed for _, passed, _ in results) else 1


def _parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = create_parser("smoke", __doc__)
    parser.add_argument("url", type=_parse_url, metavar="URL", help="https://previews.example.org")
    parser.add_argument(
        "--model",
        default="",
        metavar="ID",
        help="the model whose page is checked; default: the first listed",
    )
    parser.add_argument(
        "--max-age",
        type=int,
        default=_MAX_AGE_MINUTES,
        metavar="MINUTES",
        help="how old the catalog may be; default: %(default)s",
    )
    parser.add_argument(
        "--flood",
        type=int,
        default=1,
        metavar="N",
        help="send N requests at once, to see what the throttle answers; default: %(default)s",
    )
    return parser.parse_args(arguments)


def _parse_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise argparse.ArgumentTypeError(f"{text!r} is not the URL of a site")
    return text.removesuffix("/")


if __name__ == "__main__":
    run(main)
