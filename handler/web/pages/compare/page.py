"""Models side by side: what is the same, what differs, and what some work costs with each."""

from collections.abc import Sequence
from dataclasses import dataclass

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_lookup import Entry
from handler.domain.previews.model_preview import (
    DESCRIPTION_BYTES,
    DESCRIPTION_CHARACTERS,
    TITLE_BYTES,
)
from handler.domain.pricing.format import usd
from handler.domain.pricing.workload import Workload, cost_of
from handler.domain.search.comparison import MOST_MODELS, Comparison, query_with
from handler.domain.search.summary import Summary, summary_of
from handler.domain.text import fit, one_line
from handler.web.cards.content.listings import face_of_comparison
from handler.web.cards.url import card_of
from handler.web.formatting import day
from handler.web.http.response import Document
from handler.web.pages.compare.rows import lines_of, shared_parameters
from handler.web.rendering.json_ld import page_data, pictured
from handler.web.rendering.metadata import Head
from handler.web.rendering.templates import Templates

_PATH = "/compare"


@dataclass(frozen=True, slots=True)
class Column:
    """One model, with the way to the comparison without it."""

    id: str
    name: str
    withdrawn: str | None
    less_path: str


def compare_page(
    templates: Templates, catalog: Catalog, comparison: Comparison, origin: str
) -> Document:
    """Return the comparison: of one model what it costs, of none a form to name some."""
    profiles = [catalog.profile(model_id) for model_id in comparison.ids]
    rows = [summary_of(profile, catalog.as_of) for profile in profiles]
    shared = shared_parameters(rows)
    return templates.page(
        "compare.html",
        _head(catalog, comparison, rows, origin),
        origin,
        catalog=catalog,
        sources=[catalog.list_source],
        comparison=comparison,
        heading=_heading(rows),
        columns=[_column(row, comparison) for row in rows],
        lines=list(lines_of(comparison.workload, profiles, rows)) if rows else [],
        shared=[name.replace("_", " ") for name in shared],
        unknown=[(address, _near(near, comparison)) for address, near in comparison.unknown],
        has_room=len(rows) < MOST_MODELS,
    )


def _head(catalog: Catalog, comparison: Comparison, rows: Sequence[Summary], origin: str) -> Head:
    query = comparison.encoded()
    path = f"{_PATH}?{query}" if query else _PATH
    title = _title(rows)
    description = _description(rows, comparison.workload)
    card = card_of(_PATH, face_of_comparison(catalog, comparison))
    card = card._replace(path=card.path + path.removeprefix(_PATH))
    data = pictured(page_data(title, description, origin + path), origin + card.path)
    return Head(title, description, path, structured=data, card=card, indexed=False)


def _heading(rows: Sequence[Summary]) -> str:
    if len(rows) > 1:
        return f"{len(rows)} models side by side"
    return f"What {rows[0].title} costs" if rows else "Compare models"


def _title(rows: Sequence[Summary]) -> str:
    if len(rows) < 2:
        return fit(one_line(_heading(rows)), TITLE_BYTES, TITLE_BYTES)
    names = " vs ".join(row.title for row in rows)
    return fit(one_line(names), TITLE_BYTES, TITLE_BYTES)


def _description(rows: Sequence[Summary], workload: Workload) -> str:
    if not rows:
        return "Two to five AI models side by side: prices, context, limits and what differs."
    said = [f"{row.title} {row.price or 'price not published'}" for row in rows]
    if len(rows) == 1 and (cost := cost_of(rows[0], workload)) is not None:
        tokens = f"{workload.tokens_in:,} tokens in and {workload.tokens_out:,} out"
        said = [f"{usd(cost)} for {tokens}", *said]
    return fit(one_line("; ".join(said)), DESCRIPTION_CHARACTERS, DESCRIPTION_BYTES)


def _column(row: Summary, comparison: Comparison) -> Column:
    others = [model_id for model_id in comparison.ids if model_id != row.id]
    return Column(
        id=row.id,
        name=row.name,
        withdrawn=day(row.withdrawn) if row.withdrawn else None,
        less_path=f"{_PATH}?{query_with(others, comparison.workload)}",
    )


def _near(candidates: Sequence[Entry], comparison: Comparison) -> list[tuple[str, Entry]]:
    """Return what an unknown address may mean, each with the way to a comparison with it."""
    return [
        (f"{_PATH}?{query_with({*comparison.ids, entry.id}, comparison.workload)}", entry)
        for entry in candidates
    ]
