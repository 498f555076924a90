import inspect
from collections.abc import Callable

import pytest

from handler.web.app import ROUTES, is_api
from handler.web.http.response import CacheableResponse
from handler.web.http.routing import Route, Router, load

HASH = "0123456789abcdef"


def view() -> CacheableResponse:
    raise NotImplementedError


ROUTER = Router(
    [
        Route("/", view),
        Route("/card.png", view),
        Route("/sitemap-{number}.xml", view),
        Route("/card-{hash}.png", view),
        Route("/{author}/card-{hash}.png", view),
        Route("/{model}/card-{hash}.png", view),
        Route("/{author}/feed.xml", view),
        Route("/{model}/feed.xml", view),
        Route("/{model}.md", view),
        Route("/{author}", view),
        Route("/{model}", view),
    ]
)


@pytest.mark.parametrize(
    ("path", "pattern", "values"),
    [
        ("/", "/", ()),
        ("/card.png", "/card.png", ()),
        ("/sitemap-2.xml", "/sitemap-{number}.xml", ("2",)),
        (f"/card-{HASH}.png", "/card-{hash}.png", (HASH,)),
        (f"/a/card-{HASH}.png", "/{author}/card-{hash}.png", ("a", HASH)),
        (f"/~a/one:free/card-{HASH}.png", "/{model}/card-{hash}.png", ("~a/one:free", HASH)),
        ("/a/card-01.png", "/{model}", ("a/card-01.png",)),
        (f"/a/card-{HASH.upper()}.png", "/{model}", (f"a/card-{HASH.upper()}.png",)),
        ("/a/feed.xml", "/{author}/feed.xml", ("a",)),
        ("/models/a/one/feed.xml", "/{model}/feed.xml", ("models/a/one",)),
        ("/a/one.md", "/{model}.md", ("a/one",)),
        ("/.md", "/{author}", (".md",)),
        ("/a/", "/{author}", ("a/",)),
        ("/a\nb", "/{author}", ("a\nb",)),
        ("/a/one/feed.xml/", "/{model}", ("a/one/feed.xml/",)),
        ("//evil.example", "/{model}", ("/evil.example",)),
    ],
)
def test_path_matches_one_route(path: str, pattern: str, values: tuple[str, ...]) -> None:
    match = ROUTER.match(path)

    assert match
    assert (match[0].pattern, match[1]) == (pattern, values)


@pytest.mark.parametrize("path", ["*", "", "a/one"])
def test_path_without_a_slash_matches_nothing(path: str) -> None:
    assert ROUTER.match(path) is None


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.pattern)
def test_each_view_takes_the_placeholders_of_its_route(route: Route) -> None:
    function: Callable[..., object] = (
        load(route.view) if isinstance(route.view, str) else route.view
    )
    values = ["value"] * route.pattern.count("{")

    inspect.signature(function).bind("site", "request", *values)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.pattern)
def test_each_query_of_a_route_names_parameters(route: Route) -> None:
    names = load(route.query) if isinstance(route.query, str) else route.query

    assert all(isinstance(name, str) and name.removesuffix("[]").isidentifier() for name in names)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/api", False),
        ("/api/card.png", False),
        (f"/api/card-{HASH}.png", False),
        ("/api/", False),
        ("/api/models", True),
        ("/api/x.png", True),
        ("/api/card.png\n", True),
        ("/apis", False),
    ],
)
def test_api_claims_everything_below_its_page(path: str, expected: bool) -> None:
    assert is_api(path) is expected
