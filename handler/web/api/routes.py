"""The operations of the API, one function each. Their docstrings stand in its description.

All are `async def`: FastAPI would run others in threads, beside the unlocked page cache.
"""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Path, Query
from fastapi.routing import APIRoute
from pydantic import BeforeValidator, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from handler.domain.catalog.profile import Profile
from handler.domain.catalog.public_record import public_record
from handler.domain.comparison.model_references import parse_references
from handler.domain.errors import SnapshotReplaced
from handler.domain.pricing.cost import DEFAULT_WORKLOAD, MAX_REQUESTS, MAX_TOKENS, Workload
from handler.domain.search.listing import filter_models
from handler.domain.search.understand import understand
from handler.domain.search.unread import explain_all
from handler.web.api import serializers
from handler.web.api.query_params import ModelFilters, parse_filters
from handler.web.api.responses import json_response, site_of
from handler.web.api.schemas import (
    Comparison,
    ModelEndpoints,
    ModelHistory,
    ModelList,
    ModelPrices,
    ModelRecord,
    Problem,
    Status,
)
from handler.web.indexes import cached_listing
from handler.web.site import Site

MAX_COMPARED = 8

_MODEL = "/models/{author}/{slug}"
_PROBLEMS = {
    404: "no model has this path; `near` has models with similar ids",
    422: "a parameter is invalid",
    503: "the catalog is still loading",
}

Author = Annotated[
    str, Path(description="author slug, or ~author of an alias", examples=["nousresearch"])
]
Slug = Annotated[
    str, Path(description="the rest of its id, with :variant if any", examples=["hermes-4-405b"])
]
TokensIn = Annotated[
    int, Query(description="input tokens of each request", alias="in", ge=0, le=MAX_TOKENS)
]
TokensOut = Annotated[int, Query(description="output tokens of each request", ge=0, le=MAX_TOKENS)]
Cached = Annotated[
    int, Query(description="percentage of the input that is read from a cache", ge=0, le=100)
]
Requests = Annotated[
    Annotated[int, Field(ge=1, le=MAX_REQUESTS)] | Literal["any"],
    Query(description="number of requests, or any: tokens are totals of many short requests"),
]
Compared = Annotated[
    list[str],
    Query(
        description="ids of models: repeat `m`, or join them with commas",
        min_length=1,
        max_length=MAX_COMPARED,
        examples=[["nousresearch/hermes-4-405b"]],
    ),
    BeforeValidator(parse_references),
]

Handler = TypeVar("Handler", bound=Callable[..., Any])


class _CatalogRoute(APIRoute):
    """A route that runs once more over the new catalog if the snapshot was replaced meanwhile."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_current(request: Request) -> Response:
            try:
                return await handle(request)
            except SnapshotReplaced:
                site_of(request).catalog.revalidate()
                return await handle(request)

        return handle_current


router = APIRouter(route_class=_CatalogRoute)


def _operation(path: str, name: str, schema: type, *problems: int) -> Callable[[Handler], Handler]:
    """Return the decorator of a documented GET operation: its docstring is the summary."""

    def register(operation: Handler) -> Handler:
        return router.get(
            path,
            operation_id=name,
            summary=operation.__doc__,
            description="",
            tags=["service" if schema is Status else "models"],
            response_model=schema,
            responses={n: {"model": Problem, "description": _PROBLEMS[n]} for n in problems},
        )(operation)

    return register


@_operation("/models", "list_models", ModelList, 422, 503)
async def list_models(request: Request, filters: Annotated[ModelFilters, Query()]) -> Response:
    """List models that match all filters: newest first, or best match first with `q`."""
    site = site_of(request)
    catalog = site.catalog.get()
    listing = cached_listing(site, catalog)
    query = understand(parse_filters(request), listing)
    if query.unread:
        raise HTTPException(422, explain_all(query))
    found = filter_models(listing.rows, query)
    listed = {
        "snapshot": catalog.version,
        "as_of": catalog.as_of.isoformat(),
        "total": len(found),
        "limit": filters.limit,
        "offset": filters.offset,
        "models": [
            serializers.serialize_summary(row, site.site_url)
            for row in found[filters.offset :][: filters.limit]
        ],
    }
    return json_response(request, listed)


@_operation(_MODEL, "get_model", ModelRecord, 404, 422, 503)
async def get_model(request: Request, author: Author, slug: Slug) -> Response:
    """Return the merged record of a model."""
    return _record(request, f"{author}/{slug}")


@_operation(f"{_MODEL}/history", "get_history", ModelHistory, 404, 422, 503)
async def get_history(request: Request, author: Author, slug: Slug) -> Response:
    """Return what changed of a model since it was first seen."""
    profile = _profile(site_of(request), f"{author}/{slug}")
    return json_response(request, serializers.serialize_history(profile))


@_operation(f"{_MODEL}/prices", "get_prices", ModelPrices, 404, 422, 503)
async def get_prices(request: Request, author: Author, slug: Slug) -> Response:
    """Return the prices of a model, with the hours and sizes of prompts at which they apply."""
    profile = _profile(site_of(request), f"{author}/{slug}")
    return json_response(request, serializers.serialize_prices(profile))


@_operation(f"{_MODEL}/endpoints", "get_endpoints", ModelEndpoints, 404, 422, 503)
async def get_endpoints(request: Request, author: Author, slug: Slug) -> Response:
    """Return who serves a model, and on what terms."""
    profile = _profile(site_of(request), f"{author}/{slug}")
    return json_response(request, serializers.serialize_endpoints(profile))


@_operation("/compare", "compare_models", Comparison, 404, 422, 503)
async def compare_models(
    request: Request,
    m: Compared,
    in_: TokensIn = DEFAULT_WORKLOAD.tokens_in,
    out: TokensOut = DEFAULT_WORKLOAD.tokens_out,
    requests: Requests = 1,
    cached: Cached = DEFAULT_WORKLOAD.cached_percent,
) -> Response:
    """Return the merged records of several models, in the order of their ids in `m`."""
    site = site_of(request)
    profiles = {profile.model.id: profile for profile in (_profile(site, path) for path in m)}
    workload = Workload(in_, out, None if requests == "any" else requests, cached)
    estimates = serializers.serialize_estimates(profiles.values(), workload)
    compared = {
        "workload": serializers.serialize_workload(workload),
        "costs": {model_id: each["lowest"] for model_id, each in estimates.items()},
        "estimates": estimates,
        "models": [public_record(profile) for profile in profiles.values()],
    }
    return json_response(request, compared)


@_operation("/status", "get_status", Status, 503)
async def get_status(request: Request) -> Response:
    """Return which snapshot is served, and the state of each source that it came from."""
    return json_response(request, serializers.serialize_status(site_of(request).catalog.get()))


@router.get("/models/{path:path}", include_in_schema=False, response_model=None)
async def get_model_by_alias(request: Request, path: str) -> Response:
    """Return the merged record of a model, by any of its paths."""
    return _record(request, path)


def _record(request: Request, path: str) -> Response:
    site = site_of(request)
    record = public_record(_profile(site, path))
    return json_response(request, record)


def _profile(site: Site, path: str) -> Profile:
    catalog = site.catalog.get()
    return catalog.profile(catalog.resolve(path))
