"""Lambda entry point: an HTTP API event in, a page out."""

import gc

# What a start makes stays: looking through it for garbage, time and again, finds none.
gc.disable()

import asyncio  # noqa: E402 - after the line above, as all that follow
from typing import Any  # noqa: E402
from urllib.parse import quote  # noqa: E402

from mangum import Mangum  # noqa: E402

from handler.bootstrap import render_app  # noqa: E402

# Mangum runs requests on the current event loop, which Python no longer makes by itself.
asyncio.set_event_loop(asyncio.new_event_loop())
_answer = Mangum(render_app(), lifespan="off")
gc.freeze()
gc.enable()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Return the HTTP API response (payload version 2.0) to one event."""
    return _answer(_decoded_once(event), context)


def _decoded_once(event: dict[str, Any]) -> dict[str, Any]:
    """Return the event with a path that Mangum's own decoding leaves as it came.

    The HTTP API hands over a path that is already decoded, and Mangum decodes it again: without
    this, `%252F` would be one address in Lambda and another everywhere else.
    """
    context = event["requestContext"]
    http = {**context["http"], "path": quote(event["rawPath"])}
    return {**event, "requestContext": {**context, "http": http}}
