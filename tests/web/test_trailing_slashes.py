"""An address of the site with a slash at its end leads to the address without."""

import pytest

from handler.web.app import ROUTES
from tests.support.builders import HERMES, MemoryStore, catalog_bytes
from tests.support.constants import SITE_URL
from tests.support.http.asgi import ask, create_app

EXACT = [route.pattern for route in ROUTES if "{" not in route.pattern and route.pattern != "/"]


@pytest.mark.promise("P19", "addresses with a slash at the end")
@pytest.mark.parametrize("path", [*EXACT, f"/{HERMES['id']}", "/nousresearch"])
@pytest.mark.parametrize("slashes", ["/", "///"])
def test_a_slash_at_the_end_redirects(path: str, slashes: str) -> None:
    app = create_app(MemoryStore(catalog_bytes([HERMES])))

    answer = ask(app, path + slashes)

    assert (answer.status, answer.headers["location"]) == (308, SITE_URL + path)
    assert ask(app, path).status == 200


@pytest.mark.parametrize(
    ("path", "query", "kept"),
    [
        ("/compare/", "m=a/b&utm=1&m=c%0d%0ax&in=5", "?m=a%2Fb&m=c%0D%0Ax&in=5"),
        ("/models.csv/", "by=acme&x=//evil.example", "?by=acme"),
        ("/methodology/", "m=1", ""),
    ],
)
def test_a_redirect_keeps_what_its_view_reads(path: str, query: str, kept: str) -> None:
    answer = ask(create_app(MemoryStore(catalog_bytes([HERMES]))), path, query=query)

    assert answer.headers["location"] == f"{SITE_URL}{path[:-1]}{kept}"


def test_a_redirect_is_no_longer_than_thirty_parameters() -> None:
    query = "&".join(["m=a/b"] * 5_000)

    answer = ask(create_app(MemoryStore(catalog_bytes([HERMES]))), "/compare/", query=query)

    assert answer.headers["location"].count("m=") == 30
