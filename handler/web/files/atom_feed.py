"""Atom feeds (RFC 4287) of the changes of all models, of an author's models or of one model."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.changelog import Change, Changelog
from handler.domain.catalog.feed_authority import unfixed_authority
from handler.domain.catalog.model import author_of
from handler.domain.catalog.model_history import CONTEXT, EXPIRY, LISTED, NAME, PRICE
from handler.domain.text import collapse_whitespace, truncate
from handler.web.http.headers import FEED_CSP, PAGE_CACHE, XML
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.indexes import cached_changelog
from handler.web.pages.changelog.words import change_lines
from handler.web.pages.model.head import reading_note
from handler.web.site import Site
from handler.web.urls import Representation, model_path, representation_choice

MAX_ENTRIES = 100
CHANGES = "/changes"
_HEADERS = (("content-security-policy", FEED_CSP),)

KINDS = {
    PRICE: "prices",
    LISTED: "models added and removed",
    CONTEXT: "context lengths",
    NAME: "names",
    EXPIRY: "retirement dates",
}
"""The kinds of change that a feed can be limited to, with the words for its title."""

_SUBTITLE = "Changes in OpenRouter’s model list, each at the time it was first seen here."
_MAX_TITLE_CHARACTERS = 200
_MAX_TITLE_BYTES = 400


class FeedEntry(NamedTuple):
    """One change; `page` is the path of the model's page, `lines` the entry's text.

    `published` is when the change was first seen, `updated` when the entry last read differently.
    """

    id: str
    title: str
    published: datetime
    updated: datetime
    page: str
    kind: str
    lines: tuple[str, ...]


class Feed(NamedTuple):
    """A feed with its entries, newest first; `path` is its own, `page` its HTML page's."""

    id: str
    title: str
    subtitle: str
    path: str
    page: str
    updated: datetime
    entries: tuple[FeedEntry, ...]


class FeedScope(NamedTuple):
    """The models that a feed covers; `page` is the path of their HTML page, without a kind.

    All of their ids have `part_of_id`. `note` says why what is known of them is old.
    """

    title: str
    page: str
    includes: Callable[[str], bool] = lambda _model_id: True
    part_of_id: str = ""
    note: str | None = None


def site_feed(site: Site, request: Request) -> CacheableResponse:
    """Answer the changes of all models."""
    title, kind = "AI model changes on OpenRouter", representation_choice(request, "kind")
    return _feed_view(site, site.catalog.get(), "", kind, lambda: FeedScope(title, "/"))


def author_feed(site: Site, request: Request, path: str) -> CacheableResponse:
    """Answer the changes of an author's models."""
    catalog, kind = site.catalog.get(), representation_choice(request, "kind")
    author = catalog.find_author(path)

    def scope() -> FeedScope:
        title, page = f"AI model changes by {author}", model_path(author)
        return FeedScope(title, page, lambda each: author_of(each) == author, f"{author}/")

    return _feed_view(site, catalog, author, kind, scope)


def model_feed(site: Site, request: Request, model: str) -> CacheableResponse:
    """Answer the changes of a model."""
    catalog, kind = site.catalog.get(), representation_choice(request, "kind")
    model_id = catalog.find(model)

    def scope() -> FeedScope:
        profile = catalog.profile(model_id)
        name = collapse_whitespace(profile.model.name)
        title, page = _truncate_title(f"Changes to {name}"), model_path(model_id)
        note = reading_note(profile, catalog.as_of)
        return FeedScope(title, page, lambda each: each == model_id, model_id, note)

    return _feed_view(site, catalog, model_id, kind, scope)


def _feed_view(
    site: Site, catalog: Catalog, name: str, kind: str, scope: Callable[[], FeedScope]
) -> CacheableResponse:
    url = site.site_url
    tag = f"tag:{catalog.feed_authority or unfixed_authority(url)}:"

    def render() -> CacheableResponse:
        feed = _build_feed(cached_changelog(site, catalog), scope(), kind, tag)
        text = site.templates.render_text("feed.xml", feed=feed, site_url=url)
        return CacheableResponse(text.encode(), XML, PAGE_CACHE, extra_headers=_HEADERS)

    return site.pages.get_or_render(catalog, ("feed", name, kind), render)


def _build_feed(changelog: Changelog, scope: FeedScope, kind: str, tag: str) -> Feed:
    """Return the newest MAX_ENTRIES changes in a scope, of one of KINDS or, with "", of all.

    A feed without entries was updated at the catalog's first snapshot: nothing changed it since.
    """
    changes = (
        change for change in changelog.changes(scope.part_of_id) if scope.includes(change.model_id)
    )
    entries = tuple(islice(_entries(changes, kind, tag), MAX_ENTRIES))
    query = f"?kind={kind}" if kind else ""
    path = Representation.FEED.url_for(scope.page) + query
    return Feed(
        id=tag + path,
        title=scope.title + (f": {KINDS[kind]}" if kind else ""),
        subtitle=" ".join(filter(None, (_SUBTITLE, scope.note))),
        path=path,
        page=f"{CHANGES}{query}" if scope.page == "/" else scope.page,
        updated=max((entry.updated for entry in entries), default=changelog.since),
        entries=entries,
    )


def _entries(changes: Iterable[Change], kind: str, tag: str) -> Iterator[FeedEntry]:
    """Yield an entry for each change of a kind, given all changes with the newest first.

    An entry has the model's newest name: each change of the name updates those before it.
    """
    renamed: dict[str, datetime] = {}
    for change in changes:
        model_id, event = change.model_id, change.event
        if event.fact == NAME:
            renamed.setdefault(model_id, event.moment)
        if kind in ("", event.fact) and (lines := change_lines(change)):
            yield _build_entry(change, lines, tag, renamed.get(model_id, event.moment))


def _build_entry(change: Change, lines: Sequence[str], tag: str, updated: datetime) -> FeedEntry:
    name, event = collapse_whitespace(change.name), change.event
    return FeedEntry(
        id=f"{tag}{change.model_id}/{event.fact}/{event.moment.isoformat()}",
        title=_truncate_title(f"{name}: {'; '.join(lines)}"),
        published=event.moment,
        updated=updated,
        page=model_path(change.model_id),
        kind=event.fact,
        lines=(f"{name} ({change.model_id})", *lines),
    )


def _truncate_title(title: str) -> str:
    return truncate(title, _MAX_TITLE_CHARACTERS, _MAX_TITLE_BYTES)
