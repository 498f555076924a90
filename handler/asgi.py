"""ASGI entry point, for uvicorn and tests: the same site, and the API mounted beside it."""

from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from typing import Any

from handler.web.api.door import create_api_app
from handler.web.app import is_api_request, respond
from handler.web.http.asgi import Send, parse_scope, send_response
from handler.web.site import Site

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
AsgiApp = Callable[[Scope, Receive, Send], Coroutine[Any, Any, None]]


def create_asgi_app(site: Site) -> AsgiApp:
    """Return the site as an ASGI application.

    `respond` runs on the event loop: its caches are not locked.
    """
    api = create_api_app(site)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(f"no {scope['type']} is served")
        request = parse_scope(scope)
        if is_api_request(request):
            await api(scope, receive, send)
        else:
            await send_response(respond(site, request), send)

    return app
