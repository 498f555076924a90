"""The ASGI door: a scope in, messages out."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from handler.web.http.request import VARYING_REQUEST_HEADERS, Request
from handler.web.http.response import Response

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def parse_scope(scope: Mapping[str, Any]) -> Request:
    """Return the request of an HTTP scope. `raw_path` is ignored, as Lambda has none."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    return Request(
        scope["method"],
        scope["path"] or "/",
        scope["query_string"].decode("latin-1"),
        {name: headers[name] for name in VARYING_REQUEST_HEADERS if name in headers},
    )


async def send_response(response: Response, send: Send) -> None:
    """Send a response as ASGI messages."""
    headers = [
        (name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers
    ]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body})
