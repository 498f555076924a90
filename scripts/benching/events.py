"""HTTP API events, payload 2.0, with what the entry points read of them."""

from collections.abc import Mapping
from typing import Any

_DOMAIN = "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com"


def http_event(
    path: str, headers: Mapping[str, str] | None = None, query: str = ""
) -> dict[str, Any]:
    """Return the event of a GET of a path."""
    http = {"method": "GET", "path": path, "protocol": "HTTP/1.1", "sourceIp": "203.0.113.7"}
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {"host": _DOMAIN, "x-forwarded-proto": "https", **(headers or {})},
        "requestContext": {"domainName": _DOMAIN, "http": http, "stage": "$default"},
        "isBase64Encoded": False,
    }
