"""Checks a deployed site from outside, and prints the results."""

import argparse
from collections.abc import Sequence

import httpx

from handler.adapters.http.transport import build_proxy, describe_proxy_error, tls_context
from handler.adapters.network import Network
from scripts.lib.command_line import DONE, FAILED, create_parser, run
from scripts.lib.network import network_from_env
from scripts.lib.numbers import parse_count
from scripts.lib.urls import parse_site_url
from scripts.smoke_checks.page_checks import CHECKS, run_checks
from scripts.smoke_checks.site import Site

_TIMEOUT_SECONDS = 20.0
# Eight times the default interval between refreshes.
_MAX_AGE_MINUTES = 120


def main(arguments: Sequence[str], transport: httpx.BaseTransport | None = None) -> int:
    """Return the exit status: 0 if the site passed every check, else 1. Raises SettingsError."""
    options = _parse_arguments(arguments)
    transport = transport or _Transport(options.url, network_from_env())
    width, all_passed = max(map(len, CHECKS)), True
    with httpx.Client(
        follow_redirects=False, timeout=_TIMEOUT_SECONDS, transport=transport
    ) as client:
        site = Site(client, options.url, options.model, options.max_age, options.flood)
        for name, passed, details in run_checks(site):
            print(f"{'ok    ' if passed else 'FAILED'}  {name:<{width}}  {details}", flush=True)
            all_passed = all_passed and passed
    return DONE if all_passed else FAILED


class _Transport(httpx.HTTPTransport):
    """Connections to one site. Errors name its proxy."""

    def __init__(self, url: str, network: Network) -> None:
        context, self._proxy = tls_context(network), network.find_proxy(url)
        super().__init__(context, proxy=build_proxy(self._proxy, context))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return super().handle_request(request)
        except httpx.TransportError as error:
            if self._proxy is None:
                raise
            raise type(error)(describe_proxy_error(error, self._proxy)) from error


def _parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = create_parser("smoke", __doc__)
    parser.add_argument(
        "url", type=parse_site_url, metavar="URL", help="https://previews.example.org"
    )
    parser.add_argument(
        "--model",
        default="",
        metavar="ID",
        help="the model whose page is checked; default: the first listed",
    )
    parser.add_argument(
        "--max-age",
        type=parse_count,
        default=_MAX_AGE_MINUTES,
        metavar="MINUTES",
        help="how old the catalog may be; default: %(default)s",
    )
    parser.add_argument(
        "--flood",
        type=parse_count,
        default=1,
        metavar="N",
        help="send N requests at once, to see what the throttle answers; default: %(default)s",
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    run(main)
