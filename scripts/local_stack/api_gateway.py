"""Plays API Gateway on this machine: HTTP in, events of the HTTP API out, routes as in a template.

A script for SAM CLI's own Python, whose internal classes do the work (their version is pinned in
tests/requirements-sam.txt). Invocations are posted to the Lambda emulator one at a time: those that
overlap crash it.
"""

import argparse
import sys
import threading
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from samcli.lib.providers.api_collector import ApiCollector
from samcli.lib.providers.cfn_api_provider import CfnApiProvider
from samcli.lib.providers.sam_stack_provider import SamLocalStackProvider
from samcli.local.apigw.local_apigw_service import LocalApigwService
from samcli.local.lambdafn.exceptions import FunctionNotFound

# HTTP API gives up on a function after as long.
_SECONDS = 30.0


class Runner:
    """Stands where SAM CLI would start a container for each invocation."""

    def __init__(self, addresses: Mapping[str, str]) -> None:
        """Take where each function's events are posted, by its name in the template."""
        self._addresses = addresses
        self._one_at_a_time = threading.Lock()

    def is_debugging(self) -> bool:
        """Return False: requests are taken as they come, not one by one."""
        return False

    def invoke(self, function_name: str, event: str, stdout: Any, **_others: Any) -> None:
        """Write what the function answers to the stream that SAM CLI reads it from."""
        if function_name not in self._addresses:
            raise FunctionNotFound(function_name)
        with self._one_at_a_time:
            stdout.write_str(_posted(self._addresses[function_name], event))


def main(arguments: Sequence[str]) -> int:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--template", required=True)
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--function", action="append", metavar="NAME=URL", required=True)
    options = parser.parse_args(arguments)
    addresses = dict(named.split("=", 1) for named in options.function)
    service = LocalApigwService(
        api=_api(options.template),
        lambda_runner=Runner(addresses),
        port=options.port,
        host=options.host,
        stderr=sys.stderr,
    )
    service.create()
    # API Gateway hands a path over as it is.
    service._app.url_map.merge_slashes = False
    service.run()
    return 0


def _api(template: str) -> Any:
    """Return the routes. SAM CLI's own choice of a provider sees functions, and not our API."""
    stacks, _ = SamLocalStackProvider.get_stacks(template)
    collector = ApiCollector()
    CfnApiProvider().extract_resources(stacks, collector)
    return collector.get_api()


def _posted(address: str, event: str) -> str:
    url = urlsplit(address)
    connection = HTTPConnection(url.netloc, timeout=_SECONDS)
    try:
        connection.request("POST", url.path, event.encode())
        return connection.getresponse().read().decode()
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
