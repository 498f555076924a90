import pytest
from starlette.types import ASGIApp

from handler.bootstrap.render import create_app_for_store
from handler.web.urls import Representation, RepresentationPath, parse_representation
from tests.support.asgi import ask
from tests.support.builders import HERMES, MemoryStore, catalog_bytes, record

SITE = "https://previews.example.org"
HASH = "0123456789abcdef"


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("card.png", RepresentationPath(Representation.CARD, "")),
        (f"card-{HASH}.png", RepresentationPath(Representation.CARD, "", HASH)),
        ("methodology/card.png", RepresentationPath(Representation.CARD, "methodology")),
        (
            f"~a/one:free/card-{HASH}.png",
            RepresentationPath(Representation.CARD, "~a/one:free", HASH),
        ),
        ("feed.xml", RepresentationPath(Representation.FEED, "")),
        ("a/feed.xml", RepresentationPath(Representation.FEED, "a")),
        ("a/one/feed.xml", RepresentationPath(Representation.FEED, "a/one")),
        ("a/one/badge.svg", RepresentationPath(Representation.BADGE, "a/one")),
        ("a/one/preview", RepresentationPath(Representation.PREVIEW, "a/one")),
        ("a/one:free.md", RepresentationPath(Representation.MARKDOWN, "a/one:free")),
        ("a/one/xcard.png", None),
        ("a/one/card-01.png", None),
        ("a/one/card.png/", None),
        ("a/onefeed.xml", None),
        ("a/one/previews", None),
        ("/card.png", None),
        (".md", None),
        ("a/one", None),
    ],
)
def test_what_stands_beside_a_page_is_told_from_its_address(
    path: str, asked: RepresentationPath | None
) -> None:
    assert parse_representation(path) == asked


@pytest.mark.parametrize("what", Representation)
@pytest.mark.parametrize("page", ["/a", "/~a/one:free"])
def test_the_address_of_what_stands_beside_a_page_leads_back(
    what: Representation, page: str
) -> None:
    assert parse_representation(what.url_for(page)[1:]) == RepresentationPath(what, page[1:])


RECORDS = [
    HERMES,
    *map(record, ("acme/feed.xml", "acme/badge.svg", "acme/read.md", "acme/read", "acme/preview")),
    record("acme/one", canonical_slug="acme/one-1"),
]


@pytest.fixture
def app() -> ASGIApp:
    return create_app_for_store(MemoryStore(catalog_bytes(RECORDS)), SITE)


@pytest.mark.parametrize(
    ("path", "query", "location"),
    [
        ("/NousResearch/Hermes-4-405B/feed.xml", "", "/nousresearch/hermes-4-405b/feed.xml"),
        ("/NousResearch/Hermes-4-405B.md", "", "/nousresearch/hermes-4-405b.md"),
        ("/acme/one-1/badge.svg", "show=context&x=1", "/acme/one/badge.svg?show=context"),
        ("/acme/one-1/badge.svg", "show=//evil", "/acme/one/badge.svg"),
        ("/NousResearch/Hermes-4-405B/preview", "x=1", "/nousresearch/hermes-4-405b/preview"),
        ("/acme/one-1/preview", "", "/acme/one/preview"),
        ("/models/acme/one/card.png", "", "/acme/one/card.png"),
        ("/NousResearch/feed.xml", "kind=price", "/nousresearch/feed.xml?kind=price"),
    ],
)
def test_other_addresses_lead_to_the_one_beside_the_page(
    app: ASGIApp, path: str, query: str, location: str
) -> None:
    answer = ask(app, path, scope={"query_string": query.encode()})

    assert (answer.status, answer.headers["location"]) == (308, SITE + location)


@pytest.mark.parametrize(
    "model_id", ["acme/feed.xml", "acme/badge.svg", "acme/read.md", "acme/preview"]
)
def test_a_model_that_is_named_like_something_beside_a_page_keeps_its_page(
    app: ASGIApp, model_id: str
) -> None:
    assert f"<code>{model_id}</code>" in ask(app, f"/{model_id}").text
    assert ask(app, f"/{model_id}.md").text.startswith("# acme/")


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
def test_beside_no_page_there_is_nothing(app: ASGIApp, path: str) -> None:
    assert ask(app, path).status == 404
