"""Lambda entry point: an HTTP API event in, a page out."""

import gc

# What a start makes stays: looking through it for garbage, time and again, finds none.
gc.disable()

import asyncio  # noqa: E402 - after the line above, as all that follow
from typing import Any  # noqa: E402
from urllib.parse import quote  # noqa: E402

from mangum import Mangum  # noqa: E402

from handler.bootstrap.render import create_app_from_env  # noqa: E402

# Mangum runs requests on the current event loop, which Python no longer makes by itself.
asyncio.set_event_loop(asyncio.new_event_loop())
_handle = Mangum(create_app_from_env(), lifespan="off")

from handler.web.http.conditional import VARYING_REQUEST_HEADERS  # noqa: E402 - by now it is there, with the pages

gc.freeze()
gc.enable()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Return the HTTP API response (payload version 2.0) to one event."""
    return _handle(_sanitize_event(event), context)


def _sanitize_event(event: dict[str, Any]) -> dict[str, Any]:
    """Return the event with what the site reads of a request, and nothing else.

    Mangum takes a port out of Host and X-Forwarded-Port, which visitors write: "443,x" would be no
    answer at all. The path is already decoded, and Mangum decodes it again: without quotes,
    `%252F` would be one address in Lambda and another everywhere else.
    """
    context, headers = event["requestContext"], event.get("headers") or {}
    http = {**context["http"], "path": quote(event["rawPath"], errors="replace")}
    read = {
        name: _replace_lone_surrogates(headers[name])
        for name in VARYING_REQUEST_HEADERS
        if name in headers
    }
    return {
        "version": event["version"],
        "rawQueryString": _replace_lone_surrogates(event.get("rawQueryString", "")),
        "headers": read,
        "requestContext": {**context, "http": http},
    }


def _replace_lone_surrogates(text: str) -> str:
    """Return the text without the halves of characters that JSON can hold and UTF-8 cannot."""
    return text.encode(errors="replace").decode()
