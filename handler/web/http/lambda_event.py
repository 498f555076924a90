"""The Lambda door: API Gateway HTTP API events and results, payload format 2.0.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from handler.web.http.headers import TEXT
from handler.web.http.request import VARYING_REQUEST_HEADERS, Request
from handler.web.http.response import Response

_MAX_TEXTS = 64  # about 4 MB
# As text in JSON, quotes and other letters than ASCII triple: Base64 adds a third.
_MAX_TEXT_BYTES = 1_000_000
_TEXT_TYPES = ("text/", "application/json", "application/xml")


_NO_REQUEST = b"This function answers HTTP API events (payload format 2.0). This event is none.\n"
NO_REQUEST = Response(400, (("cache-control", "no-store"), ("content-type", TEXT)), _NO_REQUEST)
"""The response to any other event, as of a warmer or of the console's test."""


def is_request(event: object) -> bool:
    """Return whether an event is an HTTP API's."""
    try:
        method = event["requestContext"]["http"]["method"]  # type: ignore[index]
        path = event["rawPath"]  # type: ignore[index]
    except (KeyError, IndexError, TypeError):
        return False
    return isinstance(method, str) and isinstance(path, str)


def parse_event(event: Mapping[str, Any]) -> Request:
    """Return the request of an event.

    The gateway has decoded the path already: it is never decoded again, or `%252F` would mean one
    path here and another under a server.
    """
    headers = event.get("headers") or {}
    return Request(
        event["requestContext"]["http"]["method"],
        _replace_lone_surrogates(event["rawPath"]) or "/",
        # as an ASGI server hands over bytes
        event.get("rawQueryString", "").encode(errors="replace").decode("latin-1"),
        {
            name: _replace_lone_surrogates(headers[name])
            for name in VARYING_REQUEST_HEADERS
            if name in headers
        },
    )


def build_result(response: Response) -> dict[str, Any]:
    """Return the result of a response: text as it is, everything else in Base64."""
    headers = dict(response.headers)
    text = _text(headers, response.body)
    return {
        "statusCode": response.status,
        "headers": headers,
        "body": b64encode(response.body).decode() if text is None else text,
        "isBase64Encoded": text is None,
    }


def _text(headers: Mapping[str, str], body: bytes) -> str | None:
    """Return a body as text, None where it is not text: a range may cut a character in two."""
    if not body:
        return ""
    if (
        len(body) > _MAX_TEXT_BYTES
        or "content-encoding" in headers
        or not headers["content-type"].startswith(_TEXT_TYPES)
    ):
        return None
    return _decode(body)


@lru_cache(_MAX_TEXTS)
def _decode(body: bytes) -> str | None:
    """Return UTF-8 as text. Cached pages are the same object each time, whose hash is known."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def _replace_lone_surrogates(text: str) -> str:
    """Return text without the half characters that JSON can hold and UTF-8 cannot."""
    return text.encode(errors="replace").decode()
