"""The place of the JSON API until its first request: a cold page must not wait for FastAPI."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from handler.services.catalog_cache import CachedCatalog
from handler.web.rendering.page_cache import PageCache
from handler.web.rendering.templates import Templates


class LazyApi:
    """Imports the API on its first request: FastAPI doubles what a cold page would wait."""

    def __init__(
        self,
        catalog: CachedCatalog,
        templates: Templates,
        site_url: str | None,
        rendered: PageCache,
    ) -> None:
        self._parts = catalog, templates, site_url, rendered
        self._api: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request to the API, which sees a HEAD as a GET whose body nobody wants."""
        if self._api is None:
            from handler.web.api.app import create_api  # noqa: PLC0415 - see the module

            self._api = create_api(*self._parts)
        if scope.get("method") == "HEAD":
            scope, send = {**scope, "method": "GET"}, _without_body(send)
        await self._api(scope, receive, send)


def _without_body(send: Send) -> Send:
    async def send_head(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return send_head
