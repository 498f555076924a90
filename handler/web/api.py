"""The JSON API: what pages show, for programs."""

from typing import Any

from fastapi import FastAPI, HTTPException, Response
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.requests import Request

from handler.domain.addresses import Unknown
from handler.domain.errors import StoreError
from handler.domain.merged import merged_record
from handler.services.freshness import FreshCatalog
from handler.web.documents import ERROR, PAGE


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
        return merged_record(current.model(meant.id))

    @api.get("/status")
    async def status(response: Response) -> dict[str, Any]:
        """Return which snapshot is served, and where it came from."""
        current = catalog.current()
        origin = current.origin
        response.headers["cache-control"] = PAGE
        return {
            "snapshot": current.version,
            "as_of": current.as_of.isoformat(),
            "models": len(current.entries),
            "sources": [{name: getattr(origin, name) for name in origin.__slots__}],
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
