"""The operations of the API: each answers the requests of one route."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Path, Query
from starlette.requests import Request
from starlette.responses import Response

from handler.domain.addresses import Unknown
from handler.domain.catalog import Catalog
from handler.domain.merged import merged_record
from handler.domain.profile import Profile
from handler.web.answering import Answering
from handler.web.api import records
from handler.web.api.problems import NoSuchModel, json_document

MOST_LISTED = 1_000
MOST_COMPARED = 8
_LONGEST = 200

Author = Annotated[str, Path(description="whose model, or ~author of an alias",
                             examples=["nousresearch"])]  # fmt: skip
Slug = Annotated[str, Path(description="the rest of its id, with :variant if any",
                           examples=["hermes-4-405b"])]  # fmt: skip
Words = Annotated[str, Query(description="what ids or names must contain",
                             max_length=_LONGEST, examples=["hermes"])]  # fmt: skip
ByAuthor = Annotated[str, Query(description="whose models alone", max_length=_LONGEST,
                                examples=["nousresearch"])]  # fmt: skip
Limit = Annotated[int, Query(description="how many at most", ge=1, le=MOST_LISTED)]
Offset = Annotated[int, Query(description="how many to pass over", ge=0, le=1_000_000)]
Compared = Annotated[list[str], Query(description="the ids of models, each in an m of its own",
                                      min_length=1, max_length=MOST_COMPARED,
                                      examples=[["nousresearch/hermes-4-405b"]])]  # fmt: skip


class Operations(Answering):
    """What the API can be asked for. The first lines of docstrings stand in its description."""

    async def models(
        self,
        request: Request,
        author: ByAuthor = "",
        q: Words = "",
        limit: Limit = 100,
        offset: Offset = 0,
    ) -> Response:
        """List models, the newest first, by author or by words of id and name if asked for."""
        catalog = self._catalog.current()
        found = list(_chosen(self._summaries(catalog, self._origin(request)), author, q))
        listed = {
            "snapshot": catalog.version,
            "as_of": catalog.as_of.isoformat(),
            "total": len(found),
            "limit": limit,
            "offset": offset,
            "models": found[offset : offset + limit],
        }
        return self._reply(request, json_document(listed))

    async def model(self, request: Request, author: Author, slug: Slug) -> Response:
        """Return the merged record of a model."""
        return await self.model_at(request, f"{author}/{slug}")

    async def model_at(self, request: Request, address: str) -> Response:
        """Return the merged record of a model, by any of its addresses."""
        return self._reply(request, json_document(merged_record(self._profile(address))))

    async def history(self, request: Request, author: Author, slug: Slug) -> Response:
        """Return what changed of a model since it was first seen."""
        profile = self._profile(f"{author}/{slug}")
        return self._reply(request, json_document(records.history(profile)))

    async def endpoints(self, request: Request, author: Author, slug: Slug) -> Response:
        """Return who serves a model, and on what terms."""
        profile = self._profile(f"{author}/{slug}")
        return self._reply(request, json_document(records.endpoints(profile)))

    async def compare(self, request: Request, m: Compared) -> Response:
        """Return the merged records of several models, in the order of their ids in `m`."""
        found = {profile.model.id: profile for profile in map(self._profile, m)}
        compared = [merged_record(profile) for profile in found.values()]
        return self._reply(request, json_document({"models": compared}))

    async def status(self, request: Request) -> Response:
        """Return which snapshot is served, and the state of each source that it came from."""
        return self._reply(request, json_document(records.status(self._catalog.current())))

    def _profile(self, address: str) -> Profile:
        catalog = self._catalog.current()
        meant = catalog.resolve(address)
        if isinstance(meant, Unknown):
            raise NoSuchModel(address, [entry.id for entry in meant.candidates])
        return catalog.profile(meant.id)

    def _summaries(self, catalog: Catalog, origin: str) -> list[dict[str, Any]]:
        return self._rendered.get(
            catalog,
            ("api summaries", origin),
            lambda: [records.summary(profile, origin) for profile in catalog.profiles()],
        )


def _chosen(models: list[dict[str, Any]], author: str, words: str) -> Iterator[dict[str, Any]]:
    wanted, by = words.lower(), author.lower()
    return (
        model
        for model in models
        if by in ("", model["author"].lower())
        and (wanted in model["id"].lower() or wanted in model["name"].lower())
    )
