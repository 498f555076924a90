import pytest

from handler.asgi import AsgiApp
from handler.domain.catalog.model_history import FACTS
from handler.domain.search.change_query import CHANGE_KINDS
from handler.web.files.atom_feed import KINDS
from handler.web.urls import FEED_KINDS, Representation
from tests.support.builders import HERMES, MemoryStore, catalog_bytes, record
from tests.support.constants import SITE_URL
from tests.support.http.asgi import ask, create_app


@pytest.mark.parametrize(
    ("page", "representation", "url"),
    [
        ("/", Representation.FEED, "/feed.xml"),
        ("/a", Representation.CARD, "/a/card.png"),
        ("/~a/one:free", Representation.MARKDOWN, "/~a/one:free.md"),
        ("https://x.example/a/one", Representation.BADGE, "https://x.example/a/one/badge.svg"),
        ("/a/one", Representation.PREVIEW, "/a/one/preview"),
    ],
)
def test_representation_url_follows_the_page(
    page: str, representation: Representation, url: str
) -> None:
    assert representation.url_for(page) == url


def test_feed_kinds_are_the_facts_of_history() -> None:
    assert set(FEED_KINDS) == set(CHANGE_KINDS) == set(KINDS) == set(FACTS)


RECORDS = [HERMES, record("acme/one", canonical_slug="acme/one-1")]


@pytest.fixture
def app() -> AsgiApp:
    return create_app(MemoryStore(catalog_bytes(RECORDS)))


@pytest.mark.parametrize(
    ("path", "query", "location"),
    [
        ("/NousResearch/Hermes-4-405B/feed.xml", "", "/nousresearch/hermes-4-405b/feed.xml"),
        ("/NousResearch/Hermes-4-405B.md", "", "/nousresearch/hermes-4-405b.md"),
        ("/acme/one-1/badge.svg", "show=context&x=1", "/acme/one/badge.svg?show=context"),
        ("/NousResearch/Hermes-4-405B/preview", "x=1", "/nousresearch/hermes-4-405b/preview"),
        ("/acme/one-1/preview", "", "/acme/one/preview"),
        ("/models/acme/one/card.png", "", "/acme/one/card.png"),
        ("/NousResearch/feed.xml", "kind=price", "/nousresearch/feed.xml?kind=price"),
    ],
)
def test_alias_redirects_to_the_same_representation(
    app: AsgiApp, path: str, query: str, location: str
) -> None:
    answer = ask(app, path, scope={"query_string": query.encode()})

    assert (answer.status, answer.headers["location"]) == (308, SITE_URL + location)


@pytest.mark.parametrize(
    "path",
    [
        "/nobody/feed.xml",
        "/no/such/feed.xml",
        "/badge.svg",
        "/acme/badge.svgx",
        "/acme.md",
        "/methodology/feed.xml",
        "/no/such.md",
        "/preview",
        "/acme/one/two/preview",
        "/nousresearch/hermes-4/badge.svg",
    ],
)
def test_representation_of_no_page_is_a_404(app: AsgiApp, path: str) -> None:
    assert ask(app, path).status == 404


def test_missing_representation_suggests_similar_models(app: AsgiApp) -> None:
    answer = ask(app, "/nousresearch/hermes-4/preview")

    assert '<a href="/nousresearch/hermes-4-405b">' in answer.text
