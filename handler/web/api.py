"""The JSON API: what pages show, for programs."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI, HTTPException, Response
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.requests import Request

from handler.domain.addresses import Unknown
from handler.domain.catalog import Catalog
from handler.domain.errors import StoreError
from handler.domain.merged import merged_record
from handler.domain.provenance import SOURCES, USAGE, Provenance, as_json
from handler.services.freshness import FreshCatalog
from handler.web.documents import ERROR, PAGE


def _told(catalog: Catalog) -> Iterator[str]:
    """Yield the names of the sources. Usage, which needs a key, is absent without a trace."""
    return (name for name in SOURCES if name != USAGE or name in catalog.sources)


def _state(source: Provenance | None) -> dict[str, Any]:
    if source is None:
        return {"state": "absent"}
    return {"state": source.state, **as_json(source)}


def create_api(catalog: FreshCatalog) -> FastAPI:
    """Return the API over a catalog."""
    api = FastAPI(title="Burgee", version="1", docs_url=None, redoc_url=None)

    @api.get("/models/{address:path}")
    async def model(address: str, response: Response) -> dict[str, Any]:
        """Return the merged record of a model, by any of its addresses."""
        current = catalog.current()
        meant = current.resolve(address)
        if isinstance(meant, Unknown):
            near = [entry.id for entry in meant.candidates]
            raise HTTPException(
                404, {"message": f"no model has the address {address!r}", "near": near}
            )
        response.headers["cache-control"] = PAGE
        return merged_record(current.profile(meant.id))

    @api.get("/status")
    async def status(response: Response) -> dict[str, Any]:
        """Return which snapshot is served, and the state of each source that it came from."""
        current = catalog.current()
        response.headers["cache-control"] = PAGE
        return {
            "snapshot": current.version,
            "as_of": current.as_of.isoformat(),
            "models": sum(not entry.withdrawn for entry in current.entries),
            "withdrawn": sum(entry.withdrawn for entry in current.entries),
            "sources": {name: _state(current.sources.get(name)) for name in _told(current)},
        }

    @api.exception_handler(AnyHTTPException)
    async def refused(_request: Request, error: AnyHTTPException) -> JSONResponse:
        headers = {**(error.headers or {}), "cache-control": ERROR}
        return JSONResponse({"detail": error.detail}, error.status_code, headers)

    @api.exception_handler(StoreError)
    async def unavailable(_request: Request, _error: StoreError) -> JSONResponse:
        headers = {"cache-control": ERROR, "retry-after": "30"}
        return JSONResponse({"detail": "the catalog is not here yet"}, 503, headers)

    @api.exception_handler(Exception)
    async def broken(_request: Request, _error: Exception) -> JSONResponse:
        return JSONResponse({"detail": "something broke here"}, 500, {"cache-control": ERROR})

    return api
