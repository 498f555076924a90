"""What Mangum and Starlette take to answer anything at all: a constant as long as a page."""

import asyncio

from mangum import Mangum
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

PAGE = "<!doctype html><title>constant</title>" + "<p>constant" * 1_700


async def constant(_request: Request) -> HTMLResponse:
    """Answer every path alike."""
    return HTMLResponse(PAGE)


# Mangum runs requests on the current event loop, which Python no longer makes by itself.
asyncio.set_event_loop(asyncio.new_event_loop())
lambda_handler = Mangum(Starlette(routes=[Route("/{path:path}", constant)]), lifespan="off")
