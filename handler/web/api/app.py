"""The API as an application: its routes, and what errors become."""

from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from handler.domain.errors import StoreError
from handler.services.catalog_cache import CachedCatalog
from handler.web.api.errors import UnknownModel, json_response, problem_response
from handler.web.api.openapi import PATH, description_page, openapi
from handler.web.api.routes import Operations
from handler.web.api.schemas import (
    Comparison,
    ModelEndpoints,
    ModelHistory,
    ModelList,
    ModelRecord,
    Problem,
    Status,
)
from handler.web.rendering.page_cache import PageCache
from handler.web.rendering.templates import Templates
from handler.web.routing import make_strict

_ABOUT = (
    "Models on OpenRouter: what they cost, what they take and give, who serves them and how that "
    "changed. Every answer is made from one snapshot. No key is needed; answers have strong ETags, "
    "and may be read by pages of any origin. Null is unknown, never zero. Parameters that are not "
    "known are ignored. Errors are problem details (RFC 9457)."
)
_MODEL = "/models/{author}/{slug}"
_DETAILS = {
    404: f"Nothing of the API has this address. It is described at {PATH}.",
    405: "The API answers GET and HEAD requests only.",
    500: "Something broke here. Please try again in a minute.",
    503: "The catalog is not here yet. Please try again shortly.",
}
_HEADERS = {405: (("allow", "GET, HEAD"),), 503: (("retry-after", "30"),)}
_PROBLEMS = {
    404: "no model has this address; `near` has those that come near it",
    422: "a parameter cannot be used",
    503: "the catalog is not here yet",
}


def create_api(
    catalog: CachedCatalog, templates: Templates, site_url: str | None, rendered: PageCache
) -> FastAPI:
    """Return the API over a catalog."""
    operations = Described(catalog, templates, site_url, rendered)
    operations.api = api = FastAPI(
        title="Burgee",
        version="1",
        summary="AI models and their prices",
        description=_ABOUT,
        openapi_url=None,
        redirect_slashes=False,
        openapi_tags=[{"name": "models"}, {"name": "service"}],
    )
    routes: list[tuple[str, Any, str, type, tuple[int, ...]]] = [
        ("/models", operations.models, "list_models", ModelList, (422, 503)),
        (_MODEL, operations.model, "get_model", ModelRecord, (404, 422, 503)),
        (f"{_MODEL}/history", operations.history, "get_history", ModelHistory, (404, 422, 503)),
        (
            f"{_MODEL}/endpoints",
            operations.endpoints,
            "get_endpoints",
            ModelEndpoints,
            (404, 422, 503),
        ),
        ("/compare", operations.compare, "compare_models", Comparison, (404, 422, 503)),
        ("/status", operations.status, "get_status", Status, (503,)),
    ]
    for path, answer, name, shape, problems in routes:
        api.get(
            path,
            operation_id=name,
            summary=answer.__doc__,
            description="",
            tags=["service" if shape is Status else "models"],
            response_model=shape,
            responses={n: {"model": Problem, "description": _PROBLEMS[n]} for n in problems},
        )(answer)
    hidden: dict[str, Any] = {
        "/models/{address:path}": operations.model_at,
        "/openapi.json": operations.openapi,
        PATH: operations.page,  # of a request that is not below the mount, but of itself
    }
    for path, answer in hidden.items():
        api.get(path, include_in_schema=False, response_model=None)(answer)
    make_strict(api.routes)
    for error in (UnknownModel, StoreError, RequestValidationError, HTTPException, Exception):
        api.add_exception_handler(error, operations.failed)
    return api


class Described(Operations):
    """The operations with what describes them, and what they answer when they fail."""

    api: FastAPI

    async def openapi(self, request: Request) -> Response:
        """Answer `/api/openapi.json`."""
        return self._reply(request, json_response(openapi(self.api, self._site_url_of(request))))

    async def page(self, request: Request) -> Response:
        """Answer `/api`."""
        return self._page(request, self._catalog.get(), self._description)

    def _description(self, templates: Templates, catalog: Any, site_url: str) -> Any:
        return description_page(templates, catalog, openapi(self.api, site_url), site_url)

    async def failed(self, request: Request, error: Exception) -> Response:
        """Answer with the problem that an error is."""
        status, detail = _problem(error) if request.method == "GET" else (405, _DETAILS[405])
        extra = {"near": error.near} if isinstance(error, UnknownModel) else {}
        path, headers = request.scope["path"], _HEADERS.get(status, ())
        return self._reply(request, problem_response(status, detail, path, extra, headers))


def _problem(error: Exception) -> tuple[int, str]:
    if isinstance(error, UnknownModel):
        return 404, str(error)
    if isinstance(error, RequestValidationError):
        return 422, "; ".join(map(_complaint, error.errors()))
    status = 503 if isinstance(error, StoreError) else getattr(error, "status_code", 500)
    return status, _DETAILS.get(status, _DETAILS[500])


def _complaint(error: dict[str, Any]) -> str:
    return f"{'.'.join(map(str, error['loc'][1:]))}: {error['msg']}"
