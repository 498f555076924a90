"""The explorer: every model in a table, or those that a query means."""

from dataclasses import replace
from itertools import islice

from handler.domain.catalog.catalog import Catalog
from handler.domain.previews.model_preview import (
    DESCRIPTION_BYTES,
    DESCRIPTION_CHARACTERS,
    TITLE_BYTES,
    tokens_in_short,
)
from handler.domain.pricing.format import usd
from handler.domain.search.describe import SORT_WORDS, counted
from handler.domain.search.listing import PAGE_ROWS, Choice, Overview, page_count, selected
from handler.domain.search.query import Query
from handler.domain.search.summary import Summary
from handler.domain.text import fit, one_line
from handler.web.cards.content.listings import NO_MODEL, face_of_explorer
from handler.web.cards.url import card_of
from handler.web.http.response import Document
from handler.web.pages.explorer.links import (
    address_of,
    file_address_of,
    filter_tags,
    page_links,
    sort_links,
)
from handler.web.pages.model_table import model_rows
from handler.web.rendering.json_ld import page_data, pictured
from handler.web.rendering.metadata import Head
from handler.web.rendering.templates import Templates

_NAMES_SAID = 5
_PARAMETERS_OFFERED = 12
_FLAGS = (
    Choice("free", "free", 0),
    Choice("open", "open weights", 0),
    Choice("ranked", "ranked by Arena", 0),
    Choice("new", "new in 30 days", 0),
    Choice("withdrawn", "no longer listed", 0),
)


def explorer_page(
    templates: Templates, catalog: Catalog, overview: Overview, query: Query, origin: str
) -> Document:
    """Return the view of a query. A page past the last is the last."""
    found = selected(overview.rows, query)
    pages = page_count(found)
    query = replace(query, page=min(query.page, pages))
    start = (query.page - 1) * PAGE_ROWS
    return templates.page(
        "explorer.html",
        _head(overview, query, found, origin),
        origin,
        catalog=catalog,
        sources=[catalog.list_source],
        query=query,
        overview=overview,
        parameters=_offered(overview.parameters, query.parameters),
        count=len(found),
        heading=counted(replace(query, sort=Query().sort), len(found), overview.names),
        first=start + 1,
        rows=model_rows(found[start : start + PAGE_ROWS]),
        tags=filter_tags(query, overview.names),
        sorts=sort_links(query),
        sort_words=SORT_WORDS,
        flags=_FLAGS,
        chosen=_folded(query),
        pages=page_links(query, pages),
        csv_path=file_address_of(query, "/models.csv"),
        json_path=file_address_of(query, "/api/models"),
        is_plain=query == Query(),
    )


def _head(overview: Overview, query: Query, found: list[Summary], origin: str) -> Head:
    path = address_of(query)
    title, description = _title(overview, query, found), _description(overview, query, found)
    card = card_of("/", face_of_explorer(overview, query))
    card = card._replace(path=card.path + path.removeprefix("/"))
    data = pictured(page_data(title, description, origin + path), origin + card.path)
    return Head(title, description, path, structured=data, card=card, indexed=query == Query())


def _title(overview: Overview, query: Query, found: list[Summary]) -> str:
    if not found:
        return NO_MODEL
    page = f", page {query.page}" if query.page > 1 else ""
    if replace(query, page=1) == Query():
        words = f"{len(found)} AI models on OpenRouter, with prices"
    else:
        words = one_line(counted(query, len(found), overview.names))
    room = TITLE_BYTES - len(page)
    return fit(words, room, room) + page


def _description(overview: Overview, query: Query, found: list[Summary]) -> str:
    if not found:
        return f"{NO_MODEL}. Take a filter away, or see all of them."
    if query == Query():
        return (
            f"What {len(found)} AI models cost, how much context they take and what they can do: "
            "a page for each that unfurls in any chat."
        )
    start = (query.page - 1) * PAGE_ROWS
    names = ", ".join(row.title for row in islice(found, start, start + _NAMES_SAID))
    words = counted(query, len(found), overview.names)
    said = ". ".join(filter(None, [range_words(found), f"{words}: {names}" if names else words]))
    return fit(one_line(said), DESCRIPTION_CHARACTERS, DESCRIPTION_BYTES)


def range_words(rows: list[Summary]) -> str:
    """Return "$0.10 to $5/M in, up to 1M context" of some models, as far as that is published."""
    prices = [row.input_price for row in rows if row.input_price]
    contexts = [row.context for row in rows if row.context]
    words = []
    if prices:
        low, high = usd(min(prices)), usd(max(prices))
        words.append(f"{low} to {high}/M in" if low != high else f"{low}/M in")
    if contexts:
        words.append(f"up to {tokens_in_short(max(contexts))} context")
    return ", ".join(words)


def _folded(query: Query) -> int:
    """Return how many filters are chosen among those that are folded away."""
    several = query.inputs + query.outputs + query.parameters
    return len(several) + bool(query.provider)


def _offered(choices: tuple[Choice, ...], chosen: tuple[str, ...]) -> list[Choice]:
    """Return the commonest parameters, and those that are chosen."""
    common = list(choices[:_PARAMETERS_OFFERED])
    known = {choice.value for choice in common}
    return common + [Choice(name, name, 0) for name in chosen if name not in known]
