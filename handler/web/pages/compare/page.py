"""Models side by side: what is the same, what differs, and what some work costs with each."""

from collections.abc import Sequence
from dataclasses import dataclass

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_lookup import IndexEntry
from handler.domain.catalog.profile import Profile
from handler.domain.previews.model_preview import (
    DESCRIPTION_BYTES,
    DESCRIPTION_CHARACTERS,
    TITLE_BYTES,
)
from handler.domain.pricing.cost import Workload, estimate_base_cost
from handler.domain.pricing.format import format_usd
from handler.domain.search.comparison import MAX_MODELS, Comparison, comparison_query_string
from handler.domain.search.summary import ModelRow, summarize
from handler.domain.text import collapse_whitespace, truncate
from handler.web.cards.content.listings import card_for_comparison
from handler.web.cards.url import card_image_for
from handler.web.formatting import format_date
from handler.web.http.response import CacheableResponse
from handler.web.pages.compare.rows import comparison_rows, shared_parameters
from handler.web.rendering.json_ld import page_data, with_image
from handler.web.rendering.metadata import HeadMetadata
from handler.web.rendering.templates import Templates

_PATH = "/compare"


@dataclass(frozen=True, slots=True)
class ComparedModel:
    """One model, with the way to the comparison without it."""

    id: str
    name: str
    withdrawn: str | None
    remove_path: str


def compare_page(
    templates: Templates, catalog: Catalog, comparison: Comparison, site_url: str
) -> CacheableResponse:
    """Return the comparison: of one model what it costs, of none a form to name some."""
    profiles = [catalog.profile(model_id) for model_id in comparison.ids]
    rows = [summarize(profile, catalog.as_of) for profile in profiles]
    shared = shared_parameters(rows)
    return templates.page(
        "compare.html",
        _head(catalog, comparison, profiles, rows, site_url),
        site_url,
        catalog=catalog,
        sources=[catalog.list_source],
        comparison=comparison,
        heading=_heading(rows),
        columns=[_column(row, comparison) for row in rows],
        lines=list(comparison_rows(comparison.workload, profiles, rows)) if rows else [],
        shared=[name.replace("_", " ") for name in shared],
        unknown=[(address, _near(near, comparison)) for address, near in comparison.unknown],
        has_room=len(rows) < MAX_MODELS,
    )


def _head(
    catalog: Catalog,
    comparison: Comparison,
    profiles: Sequence[Profile],
    rows: Sequence[ModelRow],
    site_url: str,
) -> HeadMetadata:
    query = comparison.to_query_string()
    path = f"{_PATH}?{query}" if query else _PATH
    title = _title(rows)
    description = _description(profiles, rows, comparison.workload)
    card = card_image_for(_PATH, card_for_comparison(catalog, comparison))
    card = card._replace(path=card.path + path.removeprefix(_PATH))
    data = with_image(page_data(title, description, site_url + path), site_url + card.path)
    return HeadMetadata(title, description, path, json_ld=data, card=card, indexable=False)


def _heading(rows: Sequence[ModelRow]) -> str:
    if len(rows) > 1:
        return f"{len(rows)} models side by side"
    return f"What {rows[0].title} costs" if rows else "Compare models"


def _title(rows: Sequence[ModelRow]) -> str:
    if len(rows) < 2:
        return truncate(collapse_whitespace(_heading(rows)), TITLE_BYTES, TITLE_BYTES)
    names = " vs ".join(row.title for row in rows)
    return truncate(collapse_whitespace(names), TITLE_BYTES, TITLE_BYTES)


def _description(profiles: Sequence[Profile], rows: Sequence[ModelRow], workload: Workload) -> str:
    if not rows:
        return "Two to five AI models side by side: prices, context, limits and what differs."
    said = [f"{row.title} {row.price or 'price not published'}" for row in rows]
    cost = estimate_base_cost(profiles[0].model, workload) if len(profiles) == 1 else None
    if cost is not None:
        tokens = f"{workload.tokens_in:,} tokens in and {workload.tokens_out:,} out"
        said = [f"{format_usd(cost)} for {tokens}", *said]
    return truncate(collapse_whitespace("; ".join(said)), DESCRIPTION_CHARACTERS, DESCRIPTION_BYTES)


def _column(row: ModelRow, comparison: Comparison) -> ComparedModel:
    others = [model_id for model_id in comparison.ids if model_id != row.id]
    return ComparedModel(
        id=row.id,
        name=row.name,
        withdrawn=format_date(row.withdrawn) if row.withdrawn else None,
        remove_path=f"{_PATH}?{comparison_query_string(others, comparison.workload)}",
    )


def _near(candidates: Sequence[IndexEntry], comparison: Comparison) -> list[tuple[str, IndexEntry]]:
    """Return what an unknown address may mean, each with the way to a comparison with it."""
    return [
        (
            f"{_PATH}?{comparison_query_string({*comparison.ids, entry.id}, comparison.workload)}",
            entry,
        )
        for entry in candidates
    ]
