"""Between the site's plain requests and responses and those of FastAPI."""

from typing import cast

from starlette.requests import Request
from starlette.responses import Response

from handler.web.http.asgi import parse_scope
from handler.web.http.conditional import apply_conditions
from handler.web.http.response import CacheableResponse
from handler.web.site import Site

METHOD_KEY = "burgee.method"
"""Where the door leaves the method of a request: a HEAD is routed as a GET."""


def site_of(request: Request) -> Site:
    """Return the site that the API belongs to."""
    return cast(Site, request.app.state.site)


def to_starlette(request: Request, response: CacheableResponse) -> Response:
    """Return what a request is sent of a response, by its conditions, range and encoding."""
    plain = parse_scope(request.scope)._replace(method=request.scope[METHOD_KEY])
    status, headers, body = apply_conditions(plain, response, site_of(request).templates.csp)
    sent = Response(body, status)
    sent.raw_headers = [
        (name.encode("latin-1"), value.encode("latin-1")) for name, value in headers
    ]
    return sent
