"""The API as a FastAPI application: its description, and what errors become."""

import re
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from handler.domain.errors import StoreError
from handler.web.api.errors import UnknownModel, problem_response
from handler.web.api.openapi import PATH
from handler.web.api.responses import METHOD_KEY, to_starlette
from handler.web.api.routes import router
from handler.web.site import Site

_ABOUT = (
    "Models on OpenRouter: what they cost, what they take and give, who serves them and how that "
    "changed. Every answer is made from one snapshot. No key is needed; answers have strong ETags, "
    "and may be read by pages of any origin. Null is unknown, never zero. Parameters that are not "
    "known are ignored. Errors are problem details (RFC 9457)."
)
_DETAILS = {
    404: f"Nothing of the API has this address. It is described at {PATH}.",
    405: "The API answers GET and HEAD requests only.",
    500: "Something broke here. Please try again in a minute.",
    503: "The catalog is not here yet. Please try again shortly.",
}
_HEADERS = {405: (("allow", "GET, HEAD"),), 503: (("retry-after", "30"),)}


def create_api(site: Site) -> FastAPI:
    """Return the API of a site. Its paths start after `/api`."""
    api = FastAPI(
        title="Burgee",
        version="1",
        summary="AI models and their prices",
        description=_ABOUT,
        openapi_url=None,
        redirect_slashes=False,
        openapi_tags=[{"name": "models"}, {"name": "service"}],
    )
    api.state.site = site
    api.router.routes = _match_whole_paths(router.routes)
    for error in (UnknownModel, StoreError, RequestValidationError, HTTPException, Exception):
        api.add_exception_handler(error, _answer_error)
    return api


def _match_whole_paths(routes: Sequence[BaseRoute]) -> list[BaseRoute]:
    """Return the routes, matching to the end of a path.

    Starlette's patterns end in `$`, by which `/api/status%0A` would be `/api/status`.
    """
    for route in routes:
        if isinstance(route, APIRoute):
            pattern = route.path_regex.pattern.removesuffix("$").removesuffix("\\Z")
            route.path_regex = re.compile(rf"{pattern}\Z", re.DOTALL)
    return list(routes)


async def _answer_error(request: Request, error: Exception) -> Response:
    is_read = request.scope[METHOD_KEY] in ("GET", "HEAD")
    status, detail = _problem(error) if is_read else (405, _DETAILS[405])
    extra = {"near": error.suggestions} if isinstance(error, UnknownModel) else {}
    path, headers = request.scope["path"], _HEADERS.get(status, ())
    return to_starlette(request, problem_response(status, detail, path, extra, headers))


def _problem(error: Exception) -> tuple[int, str]:
    if isinstance(error, UnknownModel):
        return 404, str(error)
    if isinstance(error, RequestValidationError):
        return 422, "; ".join(map(_describe_invalid, error.errors()))
    status = 503 if isinstance(error, StoreError) else getattr(error, "status_code", 500)
    return status, _DETAILS.get(status, _DETAILS[500])


def _describe_invalid(error: dict[str, Any]) -> str:
    return f"{'.'.join(map(str, error['loc'][1:]))}: {error['msg']}"
