import re
import struct
from typing import Any, cast

import pytest

from handler.asgi import AsgiApp, create_asgi_app
from handler.bootstrap.render import create_site
from handler.domain.errors import SnapshotReplaced, StoreUnavailable
from handler.services.catalog_cache import CachedCatalog
from handler.web.app import respond
from handler.web.errors import redirect_to_canonical
from handler.web.http.headers import ERROR_CACHE, HTML, TEXT
from handler.web.http.request import Request
from handler.web.rendering.templates import Templates
from tests.support.builders import HERMES, MemoryStore, catalog_bytes, record
from tests.support.constants import SITE_URL
from tests.support.hostile.text import HOSTILE_TEXT
from tests.support.http.asgi import ask, create_app
from tests.support.pages.page_head import head_of

RECORDS = [
    HERMES,
    record("acme/one", canonical_slug="acme/one-20250101", name="Acme: One"),
    record("acme/one:free", canonical_slug="acme/one-20250101"),
    record("~acme/latest", alias_target={"slug": "acme/one", "name": "One"}),
    record("acme/gone", alias_target={"slug": "acme/nowhere", "name": "x"}),
]
PATHS = [
    "/",
    "/changes",
    "/methodology",
    "/api",
    "/api/models",
    "/robots.txt",
    "/llms.txt",
    "/sitemap.xml",
    "/feed.xml",
    "/acme/feed.xml",
    "/acme/one/feed.xml",
    "/acme/one/badge.svg",
    "/acme/one.md",
    "/apple-touch-icon.png",
    "/favicon.ico",
    "/favicon.svg",
    "/icon-512.png",
    "/site.webmanifest",
    "/healthz",
    "/acme/one",
    "/~acme/latest",
    "/card.png",
    "/acme/one/card.png",
    "/acme/one/card-0123456789abcdef.png",
    "/api/card.png",
]


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore(catalog_bytes(RECORDS))


@pytest.fixture
def app(store: MemoryStore) -> AsgiApp:
    return create_app(store)


@pytest.mark.parametrize("path", PATHS)
def test_every_address_answers_get_and_head_alike(app: AsgiApp, path: str) -> None:
    got, asked = ask(app, path), ask(app, path, "HEAD")

    assert (got.status, asked.status, asked.body) == (200, 200, b"")
    assert got.headers == asked.headers
    assert got.headers["content-length"] == str(len(got.body))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "X"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/acme/one",
        "/nowhere/else",
        "/robots.txt",
        "/a\nb",
        "/acme/one/card.png",
        "/feed.xml",
        "/api",
        "/api/",
        "/api/card.png",
        "*",
        "http://evil.example/",
    ],
)
def test_other_methods_are_refused_for_seconds(app: AsgiApp, method: str, path: str) -> None:
    answer = ask(app, path, method)

    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
    assert 10 <= shared_seconds(answer.headers["cache-control"]) <= 60


@pytest.mark.parametrize(
    ("path", "model_id"),
    [
        ("/Acme/ONE", "acme/one"),
        ("/acme/one/", "acme/one"),
        ("/models/acme/one:free", "acme/one:free"),
        ("/model/acme/one", "acme/one"),
        ("/acme/one-20250101", "acme/one"),
        ("/NousResearch/Hermes-4-405B", "nousresearch/hermes-4-405b"),
        ("/~acme/latest/providers", "~acme/latest"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_other_addresses_lead_to_the_canonical_one_at_once(
    app: AsgiApp, method: str, path: str, model_id: str
) -> None:
    answer = ask(app, path, method)

    assert (answer.status, answer.headers["location"]) == (308, f"{SITE_URL}/{model_id}")
    assert ask(app, answer.headers["location"].removeprefix(SITE_URL)).status == 200


def test_an_unknown_address_is_a_helpful_page_for_seconds(app: AsgiApp) -> None:
    answer = ask(app, "/nousresearch/hermes-4-70b")

    assert answer.status == 404
    assert 'href="/nousresearch/hermes-4-405b"' in answer.text
    assert '<meta name="robots" content="noindex, follow">' in answer.text
    assert 10 <= shared_seconds(answer.headers["cache-control"]) <= 60


@pytest.mark.parametrize("path", [*PATHS, "/api/models/acme/one/history", "/api/openapi.json"])
def test_an_address_ends_where_its_path_does(app: AsgiApp, path: str) -> None:
    assert ask(app, path).status == 200

    answer = ask(app, f"{path}\x00")
    assert (answer.status, answer.headers["cache-control"]) == (404, ERROR_CACHE)
    for end in ("\n", "\r\n", "\u2028"):
        # A link pasted with a line end leads to its page. Programs call the API.
        assert ask(app, path + end).status == (404 if path.startswith("/api/") else 308)


@pytest.mark.parametrize("number", ["0", "1", "01", "\u0662", "9" * 5_000, "-1", "x"])
def test_a_part_of_the_sitemap_that_is_not_there_is_a_404(app: AsgiApp, number: str) -> None:
    assert ask(app, f"/sitemap-{number}.xml").status == 404


HOSTILE_PATHS = [
    "//evil.example/x",
    "/\\evil.example",
    "/a/b/../../c",
    "/.",
    "/a\x00b",
    "/a\r\nSet-Cookie: x",
    "/" + "a" * 8_000,
    "/é/ü",
    "/%2e%2e/%2f",
    "/?x",
    "/#",
    "/;jsession",
    "/a//b",
    "/api",
    "/ ",
    "/{{7*7}}",
    "",
    *(f"/{text[:500]}" for text in HOSTILE_TEXT.values()),
]


@pytest.mark.parametrize("path", HOSTILE_PATHS, ids=lambda path: repr(path)[:24])
def test_no_path_is_worse_than_a_404_or_leads_off_the_site(app: AsgiApp, path: str) -> None:
    path = path.encode("utf-8", "replace").decode()
    answer = ask(app, path)

    assert answer.status in (200, 308, 404)
    location = answer.headers.get("location", f"{SITE_URL}/acme/one").removeprefix(SITE_URL)
    assert re.fullmatch(r"/([^/\\\s][^\\\s]*)?", location)
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "header", ["host", "x-forwarded-host", "x-forwarded-proto", "forwarded", "x-original-url"]
)
def test_no_header_changes_a_byte(app: AsgiApp, header: str) -> None:
    plain = ask(app, "/acme/one")

    assert ask(app, "/acme/one", headers={header: "evil.example"}) == plain


def test_alias_links_to_its_listed_model(app: AsgiApp) -> None:
    assert '<a href="/acme/one">acme/one</a>' in ask(app, "/~acme/latest").text
    assert "acme/nowhere</a>" not in ask(app, "/acme/gone").text


def test_every_page_has_an_icon_large_enough_for_imessage(app: AsgiApp) -> None:
    url = head_of(ask(app, "/acme/one").text).links["apple-touch-icon"]
    answer = ask(app, url.removeprefix(SITE_URL))

    width, height = struct.unpack(">II", answer.body[16:24])
    assert (answer.headers["content-type"], width, height) == ("image/png", 180, 180)


@pytest.mark.parametrize("path", ["/", "/acme/one", "/methodology", "/healthz"])
def test_missing_snapshot_is_a_short_lived_503(path: str) -> None:
    answer = ask(create_app(MemoryStore()), path)

    assert (answer.status, answer.headers["retry-after"]) == (503, "30")
    assert "has no models to show yet" in answer.text
    assert 10 <= shared_seconds(answer.headers["cache-control"]) <= 60


def test_a_store_that_fails_later_is_not_noticed_by_a_reader() -> None:
    store, seconds = MemoryStore(catalog_bytes(RECORDS)), [0.0]
    app = create_app(store, clock=lambda: seconds[0])
    before = ask(app, "/acme/one")

    store.failure, seconds[0] = StoreUnavailable("down"), 86_400.0

    assert ask(app, "/acme/one") == before


class Replaced(CachedCatalog):
    """A catalog of which a part cannot be read, because the snapshot was replaced."""

    def __init__(self, store: MemoryStore, times: int) -> None:
        super().__init__(store, lambda: 0.0)
        self.times = times

    def get(self) -> Any:
        if self.times:
            self.times -= 1
            raise SnapshotReplaced("memory was written")
        return super().get()


@pytest.mark.parametrize(("times", "status"), [(1, 200), (2, 503)])
@pytest.mark.parametrize("path", ["/acme/one", "/acme/one.md", "/", "/api/models/acme/one"])
def test_a_view_is_run_once_more_if_the_snapshot_was_replaced(
    store: MemoryStore, path: str, times: int, status: int
) -> None:
    catalog = Replaced(store, times)
    app = create_asgi_app(create_site(store, SITE_URL)._replace(catalog=catalog))
    reads = store.reads

    assert ask(app, path).status == status
    assert (catalog.times, store.reads - reads) == (0, 1)


def test_our_own_fault_is_a_readable_page_for_seconds(store: MemoryStore) -> None:
    class Broken(CachedCatalog):
        def get(self) -> Any:
            raise RuntimeError("secret detail")

    site = create_site(store, SITE_URL)._replace(catalog=Broken(store, lambda: 0.0))
    app = create_asgi_app(site)

    answer = ask(app, "/acme/one")

    assert (answer.status, answer.headers["content-type"]) == (500, HTML)
    assert "secret detail" not in answer.text
    assert 10 <= shared_seconds(answer.headers["cache-control"]) <= 60


def shared_seconds(cache_control: str) -> int:
    match = re.search(r"s-maxage=(\d+)", cache_control)
    assert match
    return int(match[1])


def test_failing_error_page_becomes_plain_text(store: MemoryStore) -> None:
    class NoTemplates:
        csp = ""

    site = create_site(store, SITE_URL)._replace(templates=cast(Templates, NoTemplates()))

    status, headers, body = respond(site, Request("GET", "/methodology"))

    assert (status, dict(headers)["content-type"]) == (500, TEXT)
    assert body == b"Something went wrong. Please try again in a minute.\n"


def test_asgi_application_serves_http_alone(app: AsgiApp) -> None:
    with pytest.raises(NotImplementedError, match="lifespan"):
        ask(app, "/", scope={"type": "lifespan"})


def test_error_without_a_route_is_no_redirect(store: MemoryStore) -> None:
    with pytest.raises(TypeError, match="no redirect"):
        redirect_to_canonical(create_site(store, SITE_URL), Request("GET", "/"), None, KeyError())
