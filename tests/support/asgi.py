"""Ask an ASGI application as a server would, with the path exactly as given."""

import asyncio
from collections.abc import Mapping
from typing import Any

from starlette.types import ASGIApp, Message

from tests.support.http import Answer


def ask(
    app: ASGIApp,
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
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
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
        asyncio.run(app(request, receive, send))  # type: ignore[arg-type]
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
