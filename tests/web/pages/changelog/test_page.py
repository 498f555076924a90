"""The page of all changes, by day and kind."""

from datetime import timedelta
from html import unescape

import pytest

from handler.asgi import AsgiApp
from handler.domain.catalog.model_history import new_history
from handler.domain.catalog.profile import Profile
from handler.web.http.headers import IMMUTABLE_CACHE
from tests.support.builders import (
    AS_OF,
    HERMES,
    MemoryStore,
    model,
    priced,
    profile,
    record,
    record_listing,
    stored,
    withdrawn,
)
from tests.support.constants import SITE_URL
from tests.support.http.answer import Answer
from tests.support.http.asgi import ask, create_app
from tests.support.pages.page_head import head_of
from tests.support.pages.page_text import lines_of

NOW = AS_OF + timedelta(days=3)


def repriced() -> Profile:
    old, new = (priced("acme/one", price, "0.000003") for price in ("0.000003", "0.000002"))
    return profile(old)._replace(
        model=model(new), history=record_listing(profile(old).history, model(new), NOW)
    )


def added(model_id: str) -> Profile:
    raw = record(model_id, name="<b>New</b>")
    return profile(raw)._replace(history=new_history(model(raw), NOW))


PROFILES = (profile(HERMES), repriced(), added("bee/new"), withdrawn(record("acme/gone")))
APP = create_app(MemoryStore(stored(*PROFILES, as_of=NOW)))
MANY = create_app(
    MemoryStore(stored(profile(HERMES), *(added(f"bee/{n}") for n in range(250)), as_of=NOW))
)


def page(query: str = "", app: AsgiApp = APP, path: str = "/changes") -> Answer:
    return ask(app, path, scope={"query_string": query.encode()})


def test_changes_stand_under_their_day_and_kind() -> None:
    said = lines_of(page().text)

    assert said[said.index("3 changes") + 1 :] == [
        "25 August 2026",
        "Prices",
        "acme/one acme/one Input price $3/M → $2/M, −33%",
        "Added and removed",
        "<b>New</b> bee/new Added to OpenRouter",
        "23 August 2026",
        "Added and removed",
        "acme/gone acme/gone No longer listed",
    ]


def test_every_kind_and_period_is_one_link_away() -> None:
    html = unescape(page("kind=price").text)

    for link in (
        '<a href="/changes?kind=price&period=last-month">Last month</a>',
        '<a href="/changes?kind=price" aria-current="true">Last 30 days</a>',
        '<a href="/changes">All <span class="count">3</span></a>',
        '<a href="/changes?kind=listed">Added and removed <span class="count">2</span></a>',
        '<a href="/feed.xml?kind=price">Follow these changes (Atom)</a>',
    ):
        assert link in html


@pytest.mark.parametrize(
    ("query", "heading", "feed"),
    [
        ("", "AI model changes, last 30 days", "/feed.xml"),
        ("kind=price&by=ACME", "Price changes, last 30 days: acme", "/acme/feed.xml?kind=price"),
        ("period=last-month", "AI model changes in July 2026", "/feed.xml"),
        ("by=bee&period=all", "AI model changes: bee", "/bee/feed.xml"),
    ],
)
def test_title_names_the_view_and_its_feed_follows_it(query: str, heading: str, feed: str) -> None:
    answer = page(query)
    head = head_of(answer.text)

    assert head.title == heading == lines_of(answer.text)[0]
    assert head.links["alternate application/atom+xml"] == SITE_URL + feed
    assert ask(APP, "/feed.xml").status == 200


def test_only_the_plain_view_is_indexed_and_canonical() -> None:
    plain, filtered = head_of(page("utm_source=x").text), head_of(page("by=acme&kind=").text)

    assert (plain.canonical, "robots" in plain.names) == (f"{SITE_URL}/changes", False)
    assert filtered.canonical == f"{SITE_URL}/changes?by=acme"
    assert filtered.names["robots"] == "noindex, follow"


@pytest.mark.parametrize("query", ["", "kind=price", "by=acme&period=all"])
def test_card_of_a_view_is_immutable(query: str) -> None:
    path, _, sent = head_of(page(query).text).only("og:image").removeprefix(SITE_URL).partition("?")
    card = page(sent, path=path)

    assert (card.status, card.headers["cache-control"]) == (200, IMMUTABLE_CACHE)


def test_thousands_of_changes_are_paged() -> None:
    first, last = page(app=MANY).text, page("page=3", MANY).text

    assert (first.count('<li><a href="/bee/'), last.count('<li><a href="/bee/')) == (100, 50)
    assert '<a href="/changes?page=2">Older changes</a>' in first
    assert '<a href="/changes?page=2">Newer changes</a>' in last
    assert "250 changes, 201 to 250 shown" in lines_of(last)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("kind=foo", "kind cannot be “foo”. Valid values: price, listed, context, name, expires."),
        ("period=2w", "period cannot be “2w”. Valid values: 7d, 30d, last-month, all."),
        ("page=9", "page cannot be “9”. Valid values: 1 to 1."),
        (
            "by=%3Ci%3E",
            "by cannot be “<i>”. Valid values: the author’s slug, such as the google of "
            "google/gemini.",
        ),
    ],
)
def test_unknown_value_is_a_400_that_says_what_is_valid(query: str, message: str) -> None:
    answer = page(query)

    assert answer.status == 400
    assert lines_of(answer.text) == [
        "Unknown filter",
        f"The parameter {message}",
        "See all of them",
    ]


def test_view_without_changes_says_so() -> None:
    assert "No changes match. Choose a longer period or another kind." in lines_of(
        page("kind=name").text
    )


def test_header_of_every_page_leads_to_the_changes() -> None:
    for path in ("/", "/methodology", "/acme/one", "/no/such"):
        assert '<a href="/changes">Changes</a>' in ask(APP, path).text
    assert '<a href="/changes" aria-current="page">Changes</a>' in page("kind=price").text
