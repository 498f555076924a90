"""Changes as Atom feeds (RFC 4287): of all models, an author's or one; of all kinds or one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.changelog import Changelog, ChangeRef, load_event
from handler.domain.catalog.model import author_of
from handler.domain.catalog.model_history import CONTEXT, EXPIRY, LISTED, NAME, PRICE, Event
from handler.domain.catalog.profile import Profile
from handler.domain.text import collapse_whitespace, truncate
from handler.web.http.headers import ATOM, PAGE_CACHE
from handler.web.http.response import CacheableResponse
from handler.web.pages.model.changes import ChangeRow, rows_for_event
from handler.web.rendering.templates import Templates
from handler.web.urls import Representation, model_path

MAX_ENTRIES = 100

# What is left of a feed that is asked for one kind of change, by the word in its address.
KINDS = {
    PRICE: "prices",
    LISTED: "models added, withdrawn and returned",
    CONTEXT: "context lengths",
    NAME: "names",
    EXPIRY: "last days of listing",
}

_MAX_TITLE_CHARACTERS = 200
_MAX_TITLE_BYTES = 400
_TAGGED = "2026"  # RFC 4151: a time at which the host was ours


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One change, in words. `page` is the path of the page of the model that it happened to."""

    id: str
    title: str
    moment: datetime
    page: str
    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself, and its entries, newest first."""

    id: str
    title: str
    subtitle: str
    path: str
    page: str
    updated: datetime
    entries: tuple[FeedEntry, ...]


@dataclass(frozen=True, slots=True)
class FeedScope:
    """Whose changes a feed tells: its title, the path of its page, and which they are."""

    title: str
    page: str
    includes: Callable[[ChangeRef], bool]


def scope_all() -> FeedScope:
    """Return the subject of the feed of every model."""
    return FeedScope("Changes of AI models on OpenRouter", "/", lambda _: True)


def scope_author(author: str) -> FeedScope:
    """Return the subject of the feed of an author, as ids write the name."""
    title, page = f"Changes of AI models by {author}", model_path(author)
    return FeedScope(title, page, lambda change: author_of(change.model_id) == author)


def scope_model(profile: Profile) -> FeedScope:
    """Return the subject of the feed of one model."""
    model = profile.model
    title = truncate(
        f"Changes of {collapse_whitespace(model.name)}", _MAX_TITLE_CHARACTERS, _MAX_TITLE_BYTES
    )
    page = model_path(model.id)
    return FeedScope(title, page, lambda change: change.model_id == model.id)


def build_feed(
    catalog: Catalog, chronicle: Changelog, subject: FeedScope, kind: str, site_url: str
) -> Feed:
    """Return the newest MAX_ENTRIES changes of a subject, of one of KINDS or, with "", of all.

    A feed without entries was updated when anybody first looked, as no later look changed it.
    """
    wanted = (c for c in chronicle.changes if subject.includes(c) and kind in ("", c.fact))
    tag = f"tag:{urlsplit(site_url).hostname},{_TAGGED}:"
    entries = tuple(islice(_entries(catalog, wanted, tag), MAX_ENTRIES))
    path = Representation.FEED.url_for(subject.page) + (f"?kind={kind}" if kind else "")
    return Feed(
        id=tag + path,
        title=subject.title + (f": {KINDS[kind]}" if kind else ""),
        subtitle="Seen on OpenRouter’s list, each change when it was first noticed here.",
        path=path,
        page=subject.page,
        updated=entries[0].moment if entries else chronicle.since,
        entries=entries,
    )


def render_feed(templates: Templates, feed: Feed, site_url: str) -> CacheableResponse:
    """Return a feed as Atom."""
    return CacheableResponse(
        templates.render_text("feed.xml", feed=feed, site_url=site_url).encode(), ATOM, PAGE_CACHE
    )


def _entries(catalog: Catalog, changes: Iterator[ChangeRef], tag: str) -> Iterator[FeedEntry]:
    for change in changes:
        profile = catalog.profile(change.model_id)
        name, event = collapse_whitespace(profile.model.name), load_event(profile, change)
        lines = _lines(event, profile)
        if lines:
            yield FeedEntry(
                id=f"{tag}{change.model_id}/{change.fact}/{change.moment.isoformat()}",
                title=truncate(_title(name, event, lines), _MAX_TITLE_CHARACTERS, _MAX_TITLE_BYTES),
                moment=change.moment,
                page=model_path(change.model_id),
                kind=change.fact,
                lines=(f"{name} ({change.model_id})", *lines),
            )


def _title(name: str, event: Event, lines: Sequence[str]) -> str:
    return f"{name} {lines[0]}" if event.fact == LISTED else f"{name}: {'; '.join(lines)}"


def _lines(event: Event, profile: Profile) -> tuple[str, ...]:
    if event.fact == LISTED:
        return (_listing(event),)
    return tuple(collapse_whitespace(_line(row)) for row in rows_for_event(event, profile.model))


def _listing(event: Event) -> str:
    if event.before is None:
        return "is new on OpenRouter’s list"
    return "is listed again" if event.after else "is no longer listed"


def _line(row: ChangeRow) -> str:
    return f"{row.fact} {row.before or 'not published'} → {row.after or 'not published'}"
