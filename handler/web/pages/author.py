"""The page of an author: its models, what is new and what has gone."""

from handler.domain.catalog.catalog import Catalog
from handler.domain.previews.model_preview import (
    DESCRIPTION_BYTES,
    DESCRIPTION_CHARACTERS,
    TITLE_BYTES,
)
from handler.domain.search.listing import Overview
from handler.domain.search.summary import NEW_DAYS, Summary
from handler.domain.text import fit, one_line
from handler.web.cards.content.listings import face_of_author
from handler.web.cards.url import card_of
from handler.web.formatting import path_of
from handler.web.http.response import Document
from handler.web.pages.explorer.page import range_words
from handler.web.pages.model_table import model_rows
from handler.web.rendering.json_ld import page_data, pictured
from handler.web.rendering.metadata import Head
from handler.web.rendering.templates import Templates
from handler.web.urls import What


def author_page(
    templates: Templates, catalog: Catalog, overview: Overview, author: str, origin: str
) -> Document:
    """Return the page of an author that the catalog has."""
    rows = [row for row in overview.rows if row.author == author]
    listed = [row for row in rows if row.withdrawn is None]
    gone = [row for row in rows if row.withdrawn is not None]
    return templates.page(
        "author.html",
        _head(overview, author, listed, gone, origin),
        origin,
        catalog=catalog,
        sources=[catalog.list_source],
        author=author,
        author_name=overview.names.authors[author.lower()],
        ranges=range_words(listed),
        listed=model_rows(listed),
        fresh=[row for row in listed if row.is_new],
        new_days=NEW_DAYS,
        gone=model_rows(sorted(gone, key=_withdrawal, reverse=True)),
    )


def _withdrawal(row: Summary) -> tuple[str, str]:
    return str(row.withdrawn), row.id


def _head(
    overview: Overview, author: str, listed: list[Summary], gone: list[Summary], origin: str
) -> Head:
    name = overview.names.authors[author.lower()]
    path = path_of(author)
    count = f"{len(listed)} {'model' if len(listed) == 1 else 'models'}"
    title = one_line(f"AI models by {name}")
    facts = [count, range_words(listed), f"{len(gone)} no longer listed" if gone else ""]
    names = ", ".join(row.title for row in listed[:6])
    words = ", ".join(filter(None, facts)) + (f". {names}" if names else "")
    title = fit(title, TITLE_BYTES, TITLE_BYTES)
    description = fit(one_line(words), DESCRIPTION_CHARACTERS, DESCRIPTION_BYTES)
    card = card_of(path, face_of_author(overview, author))
    data = pictured(page_data(title, description, origin + path), origin + card.path)
    feed = What.FEED.path_beside(path)
    return Head(
        title, description, path, structured=data, card=card, feed=feed, indexed=bool(listed)
    )
