"""One HTTP response, whole, whichever way it came: from ASGI, over HTTP, or out of Lambda."""

import base64
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

# What a server adds by itself, and Lambda has none of.
_ADDED_BY_SERVERS = frozenset({"date", "server"})


@dataclass(frozen=True)
class Answer:
    """A whole response; header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def http_get(
    address: str, path: str, method: str = "GET", headers: Mapping[str, str] | None = None
) -> Answer:
    """Return what a server at http://host:port answers; the path is sent exactly as given.

    A Host among the headers is sent instead of the server's own.
    """
    skip_host = any(name.lower() == "host" for name in headers or {})
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=30)) as connection:
        connection.putrequest(method, path, skip_host=skip_host, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        sent = {name.lower(): value for name, value in response.getheaders()}
        kept = {name: value for name, value in sent.items() if name not in _ADDED_BY_SERVERS}
        return Answer(response.status, kept, response.read())


def invoked(payload: Mapping[str, Any]) -> Answer:
    """Return the response that a function's answer to an HTTP API event stands for."""
    body = payload["body"]
    raw = base64.b64decode(body) if payload["isBase64Encoded"] else body.encode()
    return Answer(payload["statusCode"], dict(payload["headers"]), raw)
