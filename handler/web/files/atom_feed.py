"""Changes as Atom feeds (RFC 4287): of all models, an author's or one; of all kinds or one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.changelog import Change, Chronicle, event_of
from handler.domain.catalog.model import author_of
from handler.domain.catalog.model_history import CONTEXT, EXPIRY, LISTED, NAME, PRICE, Event
from handler.domain.catalog.profile import Profile
from handler.domain.text import fit, one_line
from handler.web.formatting import path_of
from handler.web.http.response import ATOM, PAGE, Document
from handler.web.pages.model.changes import Happening, rows_of
from handler.web.rendering.templates import Templates
from handler.web.urls import What

MOST_ENTRIES = 100

# What is left of a feed that is asked for one kind of change, by the word in its address.
KINDS = {
    PRICE: "prices",
    LISTED: "models added, withdrawn and returned",
    CONTEXT: "context lengths",
    NAME: "names",
    EXPIRY: "last days of listing",
}

_LONGEST_TITLE = 200
_TITLE_BYTES = 400
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
class Subject:
    """Whose changes a feed tells: its title, the path of its page, and which they are."""

    title: str
    page: str
    has: Callable[[Change], bool]


def subject_of_all() -> Subject:
    """Return the subject of the feed of every model."""
    return Subject("Changes of AI models on OpenRouter", "/", lambda _: True)


def subject_of_author(author: str) -> Subject:
    """Return the subject of the feed of an author, as ids write the name."""
    title, page = f"Changes of AI models by {author}", path_of(author)
    return Subject(title, page, lambda change: author_of(change.model_id) == author)


def subject_of_model(profile: Profile) -> Subject:
    """Return the subject of the feed of one model."""
    model = profile.model
    title = fit(f"Changes of {one_line(model.name)}", _LONGEST_TITLE, _TITLE_BYTES)
    page = path_of(model.id)
    return Subject(title, page, lambda change: change.model_id == model.id)


def feed_of(
    catalog: Catalog, chronicle: Chronicle, subject: Subject, kind: str, origin: str
) -> Feed:
    """Return the newest MOST_ENTRIES changes of a subject, of one of KINDS or, with "", of all.

    A feed without entries was updated when anybody first looked, as no later look changed it.
    """
    wanted = (c for c in chronicle.changes if subject.has(c) and kind in ("", c.fact))
    tag = f"tag:{urlsplit(origin).hostname},{_TAGGED}:"
    entries = tuple(islice(_entries(catalog, wanted, tag), MOST_ENTRIES))
    path = What.FEED.path_beside(subject.page) + (f"?kind={kind}" if kind else "")
    return Feed(
        id=tag + path,
        title=subject.title + (f": {KINDS[kind]}" if kind else ""),
        subtitle="Seen on OpenRouter’s list, each change when it was first noticed here.",
        path=path,
        page=subject.page,
        updated=entries[0].moment if entries else chronicle.since,
        entries=entries,
    )


def feed_document(templates: Templates, feed: Feed, origin: str) -> Document:
    """Return a feed as Atom."""
    return Document(templates.plain("feed.xml", feed=feed, origin=origin).encode(), ATOM, PAGE)


def _entries(catalog: Catalog, changes: Iterator[Change], tag: str) -> Iterator[FeedEntry]:
    for change in changes:
        profile = catalog.profile(change.model_id)
        name, event = one_line(profile.model.name), event_of(profile, change)
        lines = _lines(event, profile)
        if lines:
            yield FeedEntry(
                id=f"{tag}{change.model_id}/{change.fact}/{change.moment.isoformat()}",
                title=fit(_title(name, event, lines), _LONGEST_TITLE, _TITLE_BYTES),
                moment=change.moment,
                page=path_of(change.model_id),
                kind=change.fact,
                lines=(f"{name} ({change.model_id})", *lines),
            )


def _title(name: str, event: Event, lines: Sequence[str]) -> str:
    return f"{name} {lines[0]}" if event.fact == LISTED else f"{name}: {'; '.join(lines)}"


def _lines(event: Event, profile: Profile) -> tuple[str, ...]:
    if event.fact == LISTED:
        return (_listing(event),)
    return tuple(one_line(_line(row)) for row in rows_of(event, profile.model))


def _listing(event: Event) -> str:
    if event.before is None:
        return "is new on OpenRouter’s list"
    return "is listed again" if event.after else "is no longer listed"


def _line(row: Happening) -> str:
    return f"{row.what} {row.before or 'not published'} → {row.after or 'not published'}"
