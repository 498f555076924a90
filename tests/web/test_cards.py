"""Cards over HTTP: their URLs, caching, and conditional and range requests."""

import re
from collections.abc import Iterator

import pytest

from handler.asgi import AsgiApp
from handler.web.cards.content.model import card_for_profile
from handler.web.cards.render import render_card
from handler.web.cards.response import render_card_cached
from handler.web.http.headers import IMMUTABLE_CACHE, PAGE_CACHE
from tests.support.builders import (
    AS_OF,
    HERMES,
    STANDING,
    MemoryStore,
    profile,
    record,
    stored,
    withdrawn,
)
from tests.support.constants import SITE_URL
from tests.support.http.answer import Answer
from tests.support.http.asgi import ask, create_app

HERMES_PATH = f"/{HERMES['id']}"
PROFILES = (
    profile(HERMES),
    profile(record("acme/one:free")),
    profile(record("~acme/latest")),
    withdrawn(record("acme/gone")),
)
PAGES = ["/", "/changes", "/methodology", "/api", *(f"/{known.model.id}" for known in PROFILES)]


@pytest.fixture
def app() -> Iterator[AsgiApp]:
    render_card_cached.cache_clear()
    yield create_app(MemoryStore(stored(*PROFILES)))
    render_card_cached.cache_clear()


def card_path(app: AsgiApp, path: str) -> str:
    (url,) = re.findall(r'<meta property="og:image" content="(.*?)">', ask(app, path).text)
    assert url.startswith(f"{SITE_URL}{path.rstrip('/')}/card-")
    return str(url.removeprefix(SITE_URL))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_links_a_card_that_is_immutable(app: AsgiApp, path: str) -> None:
    answer = ask(app, card_path(app, path))

    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert answer.headers["cache-control"] == IMMUTABLE_CACHE
    assert answer.headers["content-length"] == str(len(answer.body))
    assert 1_000 < len(answer.body) <= 40_000
    assert "content-encoding" not in ask(app, card_path(app, path), headers=GZIP).headers


GZIP = {"accept-encoding": "gzip"}


def test_outdated_hash_returns_the_current_card_briefly(app: AsgiApp) -> None:
    current = ask(app, card_path(app, HERMES_PATH))

    for old in ("card-0123456789abcdef.png", "card.png"):
        answer = ask(app, f"{HERMES_PATH}/{old}")
        assert (answer.status, answer.body) == (200, current.body)
        assert answer.headers["cache-control"] == PAGE_CACHE


def test_head_has_the_headers_of_get(app: AsgiApp) -> None:
    path = card_path(app, HERMES_PATH)

    head, get = ask(app, path, "HEAD"), ask(app, path)

    assert (head.status, head.body, render_card_cached.cache_info().misses) == (200, b"", 1)
    assert head.headers == get.headers


def test_matching_etag_returns_304_without_rendering(app: AsgiApp) -> None:
    path = card_path(app, HERMES_PATH)
    etag = ask(app, path).headers["etag"]
    render_card_cached.cache_clear()

    for known in (etag, f"W/{etag}", f'"x", {etag}'):
        answer = ask(app, path, headers={"if-none-match": known})
        assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", etag)
    assert render_card_cached.cache_info().misses == 0


def test_repeated_requests_render_a_card_once(app: AsgiApp) -> None:
    path = card_path(app, HERMES_PATH)

    assert len({ask(app, path).body for _ in range(5)}) == 1
    assert render_card_cached.cache_info().misses == 1


def test_range_returns_part_of_a_card(app: AsgiApp) -> None:
    path = card_path(app, HERMES_PATH)
    whole = ask(app, path).body

    answer = ask(app, path, headers={"range": "bytes=0-99"})

    assert (answer.status, answer.body) == (206, whole[:100])
    assert answer.headers["content-range"] == f"bytes 0-99/{len(whole)}"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_card_of_an_alias_redirects_to_the_model(app: AsgiApp, method: str) -> None:
    answer = ask(app, "/NousResearch/Hermes-4-405B/card-0123456789abcdef.png", method)

    assert answer.status == 308
    assert answer.headers["location"] == f"{SITE_URL}{HERMES_PATH}/card.png"


@pytest.mark.parametrize(
    "path",
    [
        "/no/such/card.png",
        "/nowhere/card.png",
        "//card.png",
        f"{HERMES_PATH}/card-0123.png",
        f"{HERMES_PATH}/card-0123456789ABCDEF.png",
        f"{HERMES_PATH}/card-0123456789abcdef.png/",
        f"{HERMES_PATH}//card.png",
        f"{HERMES_PATH}/xcard.png",
        "/xcard.png",
    ],
)
def test_malformed_card_paths_are_not_cards(app: AsgiApp, path: str) -> None:
    answer: Answer = ask(app, path)

    assert answer.status in (404, 308)
    assert answer.headers["content-type"] != "image/png"


def test_card_path_changes_with_its_content_only() -> None:
    def path(**changes: object) -> str:
        known = profile({**HERMES, **changes})
        return card_path(create_app(MemoryStore(stored(known))), HERMES_PATH)

    same = path(benchmarks={"x": 1}, supported_parameters=["seed"], description="Other words.")
    assert same == path()
    others = {
        path(name="Hermes 5"),
        path(context_length=1_000_000),
        path(pricing={"prompt": "0.000002", "completion": "0.000003"}),
        path(expiration_date="2027-01-01"),
    }
    assert len(others | {path()}) == 5


def test_badge_shows_rank_and_withdrawal() -> None:
    ranked, gone = profile(HERMES, arena_rank=STANDING), withdrawn(HERMES)

    assert card_for_profile(ranked, AS_OF).badge == "Arena #12 of 393"
    assert card_for_profile(gone, AS_OF).badge == "No longer listed"
    assert render_card(card_for_profile(ranked, AS_OF)) != render_card(
        card_for_profile(gone, AS_OF)
    )
