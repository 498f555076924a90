"""Responses of the API: JSON values and problem details (RFC 9457), as Starlette sends them."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from handler.domain.invisible import escape_invisible
from handler.web.http.asgi import parse_scope
from handler.web.http.conditional import apply_conditions
from handler.web.http.headers import CROSS_ORIGIN_HEADERS, ERROR_CACHE, JSON, PAGE_CACHE, PROBLEM
from handler.web.http.response import CacheableResponse
from handler.web.site import Site

METHOD_KEY = "burgee.method"
"""Where the door leaves the method of a request: a HEAD is routed as a GET."""

# As RFC 9110 has it; Python before 3.13 has the older name.
_RENAMED = {422: "Unprocessable Content"}
_MAX_INSTANCE_CHARACTERS = 500
_PLAIN = "/:~@!$&'()*+,;="  # in a path, by RFC 3986


def site_of(request: Request) -> Site:
    """Return the site that the API belongs to."""
    return cast(Site, request.app.state.site)


def json_response(request: Request, value: Any) -> Response:
    """Return a value as JSON."""
    response = CacheableResponse(_json(value), JSON, PAGE_CACHE, extra_headers=CROSS_ORIGIN_HEADERS)
    return _to_starlette(request, response)


def problem_response(
    request: Request, status: int, detail: str, extra: Mapping[str, Any], *headers: tuple[str, str]
) -> Response:
    """Return the problem of a request, with further members in `extra`."""
    path = request.scope["path"].encode("utf-8", "replace")
    value = {
        "type": "about:blank",  # the status says what kind of problem it is
        "title": _RENAMED.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": quote(path[:_MAX_INSTANCE_CHARACTERS], safe=_PLAIN),
        **extra,
    }
    headers = (*CROSS_ORIGIN_HEADERS, *headers)
    response = CacheableResponse(_json(value), PROBLEM, ERROR_CACHE, status, headers)
    return _to_starlette(request, response)


def _json(value: Any) -> bytes:
    return escape_invisible(json.dumps(value, ensure_ascii=False, separators=(",", ":"))).encode()


def _to_starlette(request: Request, response: CacheableResponse) -> Response:
    plain = parse_scope(request.scope)._replace(method=request.scope[METHOD_KEY])
    status, headers, body = apply_conditions(plain, response, site_of(request).templates.csp)
    sent = Response(body, status)
    sent.raw_headers = [(name.encode("latin-1"), text.encode("latin-1")) for name, text in headers]
    return sent
