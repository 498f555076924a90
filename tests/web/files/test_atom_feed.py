"""Atom feeds, read by a feed parser."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import pytest

from handler.asgi import AsgiApp
from handler.domain.catalog.model_history import new_history
from handler.domain.catalog.profile import Profile
from handler.web.files.atom_feed import KINDS, MAX_ENTRIES
from handler.web.http.headers import CSS, ERROR_CACHE, TEXT, XML
from tests.support.builders import (
    AS_OF,
    HERMES,
    MemoryStore,
    model,
    profile,
    record,
    record_absence,
    record_listing,
    stored,
)
from tests.support.constants import SITE_URL
from tests.support.hostile.text import HOSTILE_TEXT
from tests.support.http.asgi import ask, create_app
from tests.support.pages.page_head import head_of
from tests.support.pages.page_text import lines_of

TAG = "tag:previews.example.org,2026:"
# RFC 4151, without the authority that is an address
TAG_URI = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d){0,2}:[\w.~!$&'()*+,;=:@/?%-]+", re.ASCII)
LATER = AS_OF + timedelta(hours=1)
LAST = AS_OF + timedelta(hours=2)
RAISED = {**HERMES, "pricing": {"prompt": "0.000002", "completion": "0.000003"}}


def changed(before: dict[str, Any], after: dict[str, Any], moment: datetime = LATER) -> Profile:
    """Return the profile of a model that changed."""
    old, new = profile(before), model(after)
    return old._replace(model=new, history=record_listing(old.history, new, moment))


def added(raw: dict[str, Any], moment: datetime) -> Profile:
    return profile(raw)._replace(history=new_history(model(raw), moment))


def gone(raw: dict[str, Any], moment: datetime) -> Profile:
    listed = profile(raw)
    return listed._replace(history=record_absence(listed.history, moment))


def site(*profiles: Profile) -> AsgiApp:
    return create_app(MemoryStore(stored(*profiles)))


def read(app: AsgiApp, path: str, query: str = "") -> Any:
    """Return a feed as the parser reads it, which must find it valid."""
    answer = ask(app, path, scope={"query_string": query.encode()})
    assert (answer.status, answer.headers["content-type"]) == (200, XML)
    feed = feedparser.parse(answer.body, response_headers={"content-type": XML})
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "atom10"
    assert all(TAG_URI.fullmatch(each.id) for each in (feed.feed, *feed.entries))
    assert all(entry.published <= entry.updated <= feed.feed.updated for entry in feed.entries)
    return feed


def titles(feed: Any) -> list[tuple[str, str]]:
    return [(entry.title, entry.published) for entry in feed.entries]


PROFILES = (
    changed(HERMES, RAISED),
    added(record("acme/new", name="New"), LAST),
    gone(record("acme/gone", name="Gone"), LATER),
    profile(record("acme/still")),
)


def test_each_change_is_an_entry_with_a_permanent_id() -> None:
    (entry,) = read(site(changed(HERMES, RAISED)), "/feed.xml").entries

    assert (entry.id, entry.link, entry.published, entry.title, entry.tags[0].term) == (
        f"{TAG}nousresearch/hermes-4-405b/price/{LATER.isoformat()}",
        f"{SITE_URL}/nousresearch/hermes-4-405b",
        LATER.isoformat(),
        "Nous: Hermes 4 405B: Input price $1/M → $2/M, +100%",
        "price",
    )
    assert lines_of(f"<main>{entry.content[0].value}</main>") == [
        "Nous: Hermes 4 405B (nousresearch/hermes-4-405b)",
        "Input price $1/M → $2/M, +100%",
    ]


NEW = ("New: Added to OpenRouter", LAST.isoformat())
GONE = ("Gone: No longer listed", LATER.isoformat())
DEARER = ("Nous: Hermes 4 405B: Input price $1/M → $2/M, +100%", LATER.isoformat())


@pytest.mark.parametrize(
    ("path", "query", "entries"),
    [
        ("/feed.xml", "", [NEW, GONE, DEARER]),
        ("/feed.xml", "kind=price", [DEARER]),
        ("/feed.xml", "kind=listed", [NEW, GONE]),
        ("/feed.xml", "kind=name", []),
        ("/acme/feed.xml", "", [NEW, GONE]),
        ("/acme/feed.xml", "kind=price", []),
        ("/nousresearch/hermes-4-405b/feed.xml", "", [DEARER]),
        ("/acme/still/feed.xml", "", []),
    ],
)
def test_feed_has_the_changes_of_its_scope_newest_first(
    path: str, query: str, entries: list[tuple[str, str]]
) -> None:
    feed = read(site(*PROFILES), path, query)

    assert titles(feed) == entries
    assert feed.feed.updated == (entries[0][1] if entries else AS_OF.isoformat())


@pytest.mark.parametrize("kind", ["", *KINDS])
def test_feed_links_to_itself_and_to_its_page(kind: str) -> None:
    feed = read(site(*PROFILES), "/acme/feed.xml", f"kind={kind}").feed

    path = "/acme/feed.xml" + (f"?kind={kind}" if kind else "")
    links = {link.rel: link.href for link in feed.links}
    assert links == {"self": SITE_URL + path, "alternate": f"{SITE_URL}/acme"}
    assert feed.id == TAG + path


def test_feed_of_all_models_links_to_the_page_of_changes() -> None:
    feed = read(site(*PROFILES), "/feed.xml", "kind=price").feed

    links = {link.rel: link.href for link in feed.links}
    assert links["alternate"] == f"{SITE_URL}/changes?kind=price"


@pytest.mark.parametrize("path", ["/feed.xml", "/acme/feed.xml", "/ACME/feed.xml"])
def test_feed_of_an_unknown_kind_is_a_400_that_says_so(path: str) -> None:
    answer = ask(site(*PROFILES), path, scope={"query_string": b"kind=%3Cb%3E"})

    assert (answer.status, answer.headers["content-type"]) == (400, TEXT)
    assert answer.headers["cache-control"] == ERROR_CACHE
    assert answer.text == (
        "The parameter kind cannot be “<b>”. Valid values: price, listed, context, name, expires.\n"
    )


def test_browser_shows_a_feed_with_our_style_sheet() -> None:
    answer = ask(site(*PROFILES), "/feed.xml")

    assert '<?xml-stylesheet type="text/css" href="/feed.css"?>' in answer.text
    assert "style-src 'self'" in answer.headers["content-security-policy"]
    assert ask(site(*PROFILES), "/feed.css").headers["content-type"] == CSS


def renamed(moment: datetime) -> Profile:
    """Return a model whose price changed at LATER, and its name at a moment."""
    before = changed(HERMES, RAISED)
    now = model({**RAISED, "name": "Hermes"})
    return before._replace(model=now, history=record_listing(before.history, now, moment))


def dates(feed: Any) -> list[tuple[str, str, str]]:
    return [(entry.title, entry.published, entry.updated) for entry in feed.entries]


PRICE = "Hermes: Input price $1/M → $2/M, +100%"


def test_rename_updates_the_entries_before_it() -> None:
    feed = read(site(renamed(LAST)), "/feed.xml")

    later, last = LATER.isoformat(), LAST.isoformat()
    name = "Hermes: Name Nous: Hermes 4 405B → Hermes"
    assert dates(feed) == [(name, last, last), (PRICE, later, last)]
    assert feed.feed.updated == last


def test_feed_of_prices_knows_of_a_rename() -> None:
    feed = read(site(renamed(LAST)), "/feed.xml", "kind=price")

    assert dates(feed) == [(PRICE, LATER.isoformat(), LAST.isoformat())]
    assert feed.feed.updated == LAST.isoformat()


def test_change_after_a_rename_was_never_updated() -> None:
    once = changed(HERMES, {**HERMES, "name": "Hermes"})
    now = model({**RAISED, "name": "Hermes"})
    profile = once._replace(model=now, history=record_listing(once.history, now, LAST))

    newest = dates(read(site(profile), "/feed.xml"))[0]

    assert newest == (PRICE, LAST.isoformat(), LAST.isoformat())


def test_ids_are_the_same_at_another_domain() -> None:
    snapshot = stored(*PROFILES, feed_authority="first.example,2026-11-27")
    one, other = (
        read(create_app(MemoryStore(snapshot), url), "/acme/feed.xml", "kind=listed")
        for url in (SITE_URL, "https://moved.example")
    )

    ids = [each.id for each in (one.feed, *one.entries)]
    assert ids == [each.id for each in (other.feed, *other.entries)]
    assert ids[:2] == [
        "tag:first.example,2026-11-27:/acme/feed.xml?kind=listed",
        f"tag:first.example,2026-11-27:acme/new/listed/{LAST.isoformat()}",
    ]
    assert other.entries[0].link == "https://moved.example/acme/new"


def test_models_of_the_first_snapshot_are_no_changes() -> None:
    assert titles(read(site(profile(HERMES), profile(record())), "/feed.xml")) == []


def test_model_that_returns_is_an_entry() -> None:
    one = gone(record(name="One"), LATER)
    back = one._replace(history=record_listing(one.history, one.model, LAST))

    assert titles(read(site(back), "/feed.xml"))[0] == ("One: Listed again", LAST.isoformat())


def test_feed_has_a_limited_number_of_entries() -> None:
    many = [added(record(f"acme/{n}"), AS_OF + timedelta(seconds=n)) for n in range(150)]

    entries = titles(read(site(*many), "/feed.xml"))
    assert len(entries) == MAX_ENTRIES
    assert entries[0][0] == "acme/149: Added to OpenRouter"


def test_same_changes_give_the_same_bytes_at_any_time() -> None:
    one, other = (
        ask(create_app(MemoryStore(stored(*PROFILES, as_of=as_of))), "/feed.xml")
        for as_of in (LAST, datetime(2026, 9, 1, tzinfo=UTC))
    )

    assert one == other


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_hostile_names_make_no_feed_invalid(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    app = site(changed(record(name="One"), record(name=text)))

    (entry,) = read(app, "/acme/one/feed.xml").entries
    assert len(entry.title) <= 200


@pytest.mark.parametrize(
    ("page", "feed"),
    [("/", "/feed.xml"), ("/methodology", "/feed.xml"), ("/acme/new", "/acme/new/feed.xml")],
)
def test_page_links_to_its_feed(page: str, feed: str) -> None:
    app = site(*PROFILES)

    assert head_of(ask(app, page).text).links["alternate application/atom+xml"] == SITE_URL + feed
    assert read(app, feed).version
