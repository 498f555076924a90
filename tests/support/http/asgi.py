"""Ask an ASGI application as a server would, with the path exactly as given."""

import asyncio
from collections.abc import Mapping, MutableMapping
from typing import Any

from handler.asgi import AsgiApp, create_asgi_app
from handler.bootstrap.render import create_site
from handler.ports import SnapshotReader
from tests.support.constants import SITE_URL
from tests.support.http.answer import Answer


def create_app(reader: SnapshotReader, site_url: str = SITE_URL, **options: Any) -> AsgiApp:
    """Return the site over a store as an ASGI application; options are those of `create_site`."""
    return create_asgi_app(create_site(reader, site_url, **options))


def ask(
    app: AsgiApp,
    path: str,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    scope: Mapping[str, Any] | None = None,
    query: str = "",
) -> Answer:
    """Return the answer to one request.

    `path` is decoded, as servers hand it over, `query` is not; `scope` holds what a server adds of
    its own.
    """
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    raw_headers = [
        (name.lower().encode(), value.encode("latin-1")) for name, value in (headers or {}).items()
    ]
    request = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": path,
        "root_path": "",
        "scheme": "http",
        "query_string": query.encode(),
        "headers": raw_headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        **(scope or {}),
    }
    try:
        asyncio.run(app(request, receive, send))
    except Exception:
        # A framework answers 500, and then raises for its server's log.
        if not sent:
            raise
    start, *bodies = sent
    return Answer(
        start["status"],
        {name.decode().lower(): value.decode() for name, value in start["headers"]},
        b"".join(message.get("body", b"") for message in bodies),
    )
