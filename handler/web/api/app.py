"""The API as a FastAPI application: its description, and what errors become."""

import re
from copy import deepcopy
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from handler.domain.catalog.model_lookup import ModelNotFound
from handler.domain.errors import StoreError
from handler.web.api.responses import METHOD_KEY, json_response, problem_response
from handler.web.api.routes import router
from handler.web.http.headers import API_METHODS, JSON, PROBLEM
from handler.web.site import Site

PATH = "/api"

_ABOUT = (
    "Models on OpenRouter: prices, modalities, providers and changes. Every response is built from "
    "one snapshot. No API key is needed. Scripts of any origin may use it (CORS) and send "
    "If-None-Match: responses have strong ETags. Null means unknown, never zero. Unknown "
    "parameters are ignored. Errors are problem details (RFC 9457)."
)
_DETAILS = {
    404: f"The API has no such path. Its documentation is at {PATH}.",
    405: "The API answers GET and HEAD requests only.",
    500: "Something went wrong. Please try again in a minute.",
    503: "The catalog is still loading. Please try again shortly.",
}
_HEADERS = {405: (("allow", API_METHODS),), 503: (("retry-after", "30"),)}


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
        servers=[{"url": site.site_url + PATH}],
    )
    api.state.site = site
    api.router.routes = list(router.routes)
    for error in (ModelNotFound, StoreError, RequestValidationError, HTTPException, Exception):
        api.add_exception_handler(error, _answer_error)
    return api


def openapi_document(api: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI description, in which errors have the media type they are sent with."""
    document = deepcopy(api.openapi())
    for methods in document["paths"].values():
        for status, response in methods["get"]["responses"].items():
            if status >= "400":
                response["content"] = {PROBLEM: response["content"].pop(JSON)}
    return document


@router.get("/openapi.json", include_in_schema=False, response_model=None)
async def get_openapi(request: Request) -> Response:
    """Return the OpenAPI description."""
    return json_response(request, openapi_document(request.app))


# Starlette's patterns end in `$`, by which `/api/status%0A` would be `/api/status`.
for _route in router.routes:
    if isinstance(_route, APIRoute):
        _pattern = _route.path_regex.pattern.removesuffix("$")
        _route.path_regex = re.compile(rf"{_pattern}\Z", re.DOTALL)


async def _answer_error(request: Request, error: Exception) -> Response:
    is_read = request.scope[METHOD_KEY] in ("GET", "HEAD")
    status, detail = _problem(error) if is_read else (405, _DETAILS[405])
    suggestions = error.suggestions if isinstance(error, ModelNotFound) else None
    extra = {} if suggestions is None else {"near": [entry.id for entry in suggestions]}
    return problem_response(request, status, detail, extra, *_HEADERS.get(status, ()))


def _problem(error: Exception) -> tuple[int, str]:
    if isinstance(error, ModelNotFound):
        return 404, f"No model has the address {error.path[:200]!r}."
    if isinstance(error, RequestValidationError):
        invalid = error.errors()
        return 422, "; ".join(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in invalid)
    if isinstance(error, HTTPException) and error.status_code == 422:
        return 422, error.detail
    status = 503 if isinstance(error, StoreError) else getattr(error, "status_code", 500)
    return status, _DETAILS.get(status, _DETAILS[500])
