"""API Gateway on this machine: HTTP requests in, HTTP API events out, routes as in a template.

Requests are throttled as the stage's are, by a token bucket.

A script for SAM CLI's own Python. It uses SAM CLI's internal classes, whose version
tests/requirements-sam.txt pins. Events are posted to the Lambda emulator one at a time, because
overlapping invocations crash it.
"""

import argparse
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from samcli.lib.providers.api_collector import ApiCollector
from samcli.lib.providers.cfn_api_provider import CfnApiProvider
from samcli.lib.providers.sam_stack_provider import SamLocalStackProvider
from samcli.local.apigw.local_apigw_service import LocalApigwService
from samcli.local.lambdafn.exceptions import FunctionNotFound

# The integration timeout of an HTTP API.
_TIMEOUT_SECONDS = 30.0


class TokenBucket:
    """Lets through `burst` requests at once, and `rate` a second after that."""

    def __init__(self, rate: float, burst: int) -> None:
        self._rate, self._burst = rate, burst
        self._tokens, self._moment = float(burst), time.monotonic()
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Return whether there is a token, and take it."""
        with self._lock:
            now = time.monotonic()
            refilled = self._tokens + self._rate * (now - self._moment)
            self._tokens, self._moment = min(self._burst, refilled), now
            if self._tokens < 1:
                return False
            self._tokens -= 1
            return True


class Runner:
    """Replaces SAM CLI's own runner, which would start a container for each invocation."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        """Take the invocation URL of each function, by its name in the template."""
        self._urls = urls
        self._lock = threading.Lock()

    def is_debugging(self) -> bool:
        """Return False: SAM CLI would serve one request at a time in a debugger."""
        return False

    def invoke(self, function_name: str, event: str, stdout: Any, **_options: Any) -> None:
        """Write the function's response to the stream that SAM CLI reads it from."""
        if function_name not in self._urls:
            raise FunctionNotFound(function_name)
        with self._lock:
            stdout.write_str(_post(self._urls[function_name], event))


def main(arguments: Sequence[str]) -> int:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--template", required=True)
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--function", action="append", metavar="NAME=URL", required=True)
    parser.add_argument("--rate", type=float, required=True)
    parser.add_argument("--burst", type=int, required=True)
    options = parser.parse_args(arguments)
    service = LocalApigwService(
        api=_load_routes(options.template),
        lambda_runner=Runner(dict(pair.split("=", 1) for pair in options.function)),
        port=options.port,
        host=options.host,
        stderr=sys.stderr,
    )
    service.create()
    # API Gateway passes a path on unchanged.
    service._app.url_map.merge_slashes = False
    service._app.before_request(_throttle(TokenBucket(options.rate, options.burst)))
    service.run()
    return 0


def _throttle(bucket: TokenBucket) -> Callable[[], Any]:
    """Return a hook of Flask that answers as an HTTP API does to what is too much."""

    def refuse() -> Any:
        return None if bucket.take() else ({"message": "Too Many Requests"}, 429)

    return refuse


def _load_routes(template: str) -> Any:
    """Return the routes. The provider that SAM CLI would choose ignores AWS::ApiGatewayV2."""
    stacks, _ = SamLocalStackProvider.get_stacks(template)
    collector = ApiCollector()
    CfnApiProvider().extract_resources(stacks, collector)
    return collector.get_api()


def _post(url: str, event: str) -> str:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=_TIMEOUT_SECONDS)
    try:
        connection.request("POST", parts.path, event.encode())
        return connection.getresponse().read().decode()
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
