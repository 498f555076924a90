import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Match, Route

from handler.web.routing import Fixed


async def answer(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("yes")


@pytest.mark.parametrize(
    ("method", "path", "match"),
    [
        ("GET", "/a", Match.FULL),
        ("HEAD", "/b", Match.FULL),
        ("POST", "/a", Match.PARTIAL),
        ("GET", "/a/", Match.NONE),
        ("GET", "/a\n", Match.NONE),
        ("GET", "/c", Match.NONE),
    ],
)
def test_fixed_routes_match_whole_paths_as_each_of_them_would(
    method: str, path: str, match: Match
) -> None:
    routes = Fixed([Route("/a", answer), Route("/b", answer)])

    found, _ = routes.matches({"type": "http", "method": method, "path": path})

    assert found is match
