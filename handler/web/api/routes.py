"""The operations of the API: each answers the requests of one route."""

from typing import Annotated, Any

from fastapi import Path, Query
from starlette.requests import Request
from starlette.responses import Response

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_lookup import ModelNotFound
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.public_record import public_record
from handler.domain.pricing.cost import DEFAULT_WORKLOAD, MAX_TOKENS, Workload
from handler.domain.search.listing import filter_models
from handler.web.answering import Answering
from handler.web.api import serializers
from handler.web.api.errors import UnknownModel, json_response
from handler.web.api.query_params import ModelFilters
from handler.web.overviews import cached_listing

MAX_COMPARED = 8

Author = Annotated[
    str, Path(description="whose model, or ~author of an alias", examples=["nousresearch"])
]
Slug = Annotated[
    str, Path(description="the rest of its id, with :variant if any", examples=["hermes-4-405b"])
]
TokensIn = Annotated[
    int,
    Query(description="tokens that go in, of a workload to price", alias="in", ge=0, le=MAX_TOKENS),
]
TokensOut = Annotated[int, Query(description="tokens that come out of it", ge=0, le=MAX_TOKENS)]
Compared = Annotated[
    list[str],
    Query(
        description="the ids of models, each in an m of its own",
        min_length=1,
        max_length=MAX_COMPARED,
        examples=[["nousresearch/hermes-4-405b"]],
    ),
]


class Operations(Answering):
    """What the API can be asked for. The first lines of docstrings stand in its description."""

    async def models(self, request: Request, filters: Annotated[ModelFilters, Query()]) -> Response:
        """List models, the newest first, or those that filters mean; all filters must hold."""
        catalog = self._catalog.get()
        summaries = self._summaries(catalog, self._site_url_of(request))
        overview = cached_listing(self._rendered, catalog)
        found = filter_models(overview.rows, filters.query())
        listed = {
            "snapshot": catalog.version,
            "as_of": catalog.as_of.isoformat(),
            "total": len(found),
            "limit": filters.limit,
            "offset": filters.offset,
            "models": [summaries[row.id] for row in found[filters.offset :][: filters.limit]],
        }
        return self._reply(request, json_response(listed))

    async def model(self, request: Request, author: Author, slug: Slug) -> Response:
        """Return the merged record of a model."""
        return await self.model_at(request, f"{author}/{slug}")

    async def model_at(self, request: Request, address: str) -> Response:
        """Return the merged record of a model, by any of its addresses."""
        return self._reply(request, json_response(public_record(self._profile(address))))

    async def history(self, request: Request, author: Author, slug: Slug) -> Response:
        """Return what changed of a model since it was first seen."""
        profile = self._profile(f"{author}/{slug}")
        return self._reply(request, json_response(serializers.serialize_history(profile)))

    async def endpoints(self, request: Request, author: Author, slug: Slug) -> Response:
        """Return who serves a model, and on what terms."""
        profile = self._profile(f"{author}/{slug}")
        return self._reply(request, json_response(serializers.serialize_endpoints(profile)))

    async def compare(
        self,
        request: Request,
        m: Compared,
        in_: TokensIn = DEFAULT_WORKLOAD.tokens_in,
        out: TokensOut = DEFAULT_WORKLOAD.tokens_out,
    ) -> Response:
        """Return the merged records of several models, in the order of their ids in `m`."""
        found = {profile.model.id: profile for profile in map(self._profile, m)}
        workload = Workload(in_, out)
        compared = {
            "workload": serializers.serialize_workload(workload),
            "costs": serializers.serialize_costs(found.values(), workload),
            "models": [public_record(profile) for profile in found.values()],
        }
        return self._reply(request, json_response(compared))

    async def status(self, request: Request) -> Response:
        """Return which snapshot is served, and the state of each source that it came from."""
        return self._reply(
            request, json_response(serializers.serialize_status(self._catalog.get()))
        )

    def _profile(self, address: str) -> Profile:
        catalog = self._catalog.get()
        meant = catalog.resolve(address)
        if isinstance(meant, ModelNotFound):
            raise UnknownModel(address, [entry.id for entry in meant.suggestions])
        return catalog.profile(meant.id)

    def _summaries(self, catalog: Catalog, site_url: str) -> dict[str, dict[str, Any]]:
        return self._rendered.get_or_render(
            catalog,
            ("api summaries", site_url),
            lambda: {
                p.model.id: serializers.serialize_summary(p, site_url) for p in catalog.profiles()
            },
        )
