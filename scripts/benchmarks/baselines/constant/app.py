"""The cost of Mangum and Starlette alone: they answer with our own page, stored as bytes."""

import asyncio
import os
from pathlib import Path

from mangum import Mangum
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

PAGE = Path(os.environ["PAGE_FILE"]).read_bytes()


async def constant(_request: Request) -> HTMLResponse:
    """Return the same page for every path."""
    return HTMLResponse(PAGE)


# Mangum runs requests on the current event loop, which Python no longer makes by itself.
asyncio.set_event_loop(asyncio.new_event_loop())
lambda_handler = Mangum(Starlette(routes=[Route("/{path:path}", constant)]), lifespan="off")
