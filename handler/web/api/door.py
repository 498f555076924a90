"""The doors of the API: an ASGI application, and Lambda events through Mangum.

Imported on the API's first request: FastAPI would double a cold start.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any
from urllib.parse import quote

from mangum import Mangum
from starlette.types import Receive, Scope, Send

from handler.web.api.app import PATH, create_api
from handler.web.api.responses import METHOD_KEY
from handler.web.http.request import Request
from handler.web.site import Site

ApiApp = Callable[[Scope, Receive, Send], Coroutine[Any, Any, None]]


def create_api_app(site: Site) -> ApiApp:
    """Return the API as an ASGI application that gets whole paths."""
    api = create_api(site)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"]
        routed = {"method": "GET" if method == "HEAD" else method, METHOD_KEY: method}
        await api({**scope, "root_path": PATH, **routed}, receive, send)

    return app


def create_api_handler(site: Site) -> Callable[[Mapping[str, Any], Request, Any], dict[str, Any]]:
    """Return what answers an HTTP API event, given also the request parsed from it."""
    # Mangum runs requests on the current event loop, which Python no longer makes by itself.
    asyncio.set_event_loop(asyncio.new_event_loop())
    mangum = Mangum(create_api_app(site), lifespan="off")  # type: ignore[arg-type]

    def handle(event: Mapping[str, Any], request: Request, context: Any) -> dict[str, Any]:
        return mangum(_sanitize_event(event, request), context)

    return handle


def _sanitize_event(event: Mapping[str, Any], request: Request) -> dict[str, Any]:
    """Return the event with nothing but what the API reads of a request.

    Mangum reads a port from Host and X-Forwarded-Port, and fails on what visitors write there. It
    decodes the path, which the gateway has decoded already: so it is quoted first.
    """
    http = {**event["requestContext"]["http"], "path": quote(request.path)}
    return {
        "version": event["version"],
        "rawQueryString": request.query.encode("latin-1").decode(),
        "headers": dict(request.headers),
        "requestContext": {**event["requestContext"], "http": http},
    }
