"""The comparison page: models side by side, what differs, and the cost of a workload."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_index import IndexEntry
from handler.domain.catalog.profile import Profile
from handler.domain.comparison.comparison import (
    MAX_MODELS,
    Comparison,
    comparison_query_string,
    parse_comparison,
)
from handler.domain.comparison.model_search import search_models
from handler.domain.pricing.cost import CostRange, NoCost, Workload, estimate_cost
from handler.domain.pricing.cost_format import format_cost, format_workload
from handler.domain.search.summary import ModelRow, summarize
from handler.web.cards.content.listings import card_for_comparison
from handler.web.formatting import capitalize_first
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.indexes import cached_listing, cached_near_words
from handler.web.pages.compare.breakdown import breakdown_rows, cost_notes
from handler.web.pages.compare.form import field_problems, field_values
from handler.web.pages.compare.rows import comparison_rows, shared_parameters
from handler.web.pages.site_page import site_page_metadata
from handler.web.site import Site

_STYLESHEET = "compare.css"


class Column(NamedTuple):
    """A model of the table, with the paths that remove it and move it to the left."""

    model: ModelRow
    remove_path: str
    left_path: str | None
    notes: list[str]


def compare_view(site: Site, request: Request) -> CacheableResponse:
    """Answer `/compare`: with one model its cost, with none a form to choose models."""
    catalog = site.catalog.get()
    comparison = parse_comparison(request.params(), catalog, partial(_search, site, catalog))
    ids, workload = comparison.ids, comparison.workload
    profiles = [catalog.profile(model_id) for model_id in ids]
    models = [summarize(profile, catalog.as_of) for profile in profiles]
    heading, path = _heading(models), _path(ids, workload).removesuffix("?")
    head = site_page_metadata(
        " vs ".join(row.title for row in models) if len(models) > 1 else heading,
        _description(profiles, models, workload),
        path,
        site.site_url,
        card_for_comparison(catalog, comparison),
    )
    return site.templates.page(
        "compare.html",
        head._replace(indexable=False),
        site.site_url,
        stylesheet=_STYLESHEET,
        catalog=catalog,
        sources=[catalog.list_source],
        comparison=comparison,
        heading=heading,
        path=path,
        columns=_columns(comparison, profiles, models),
        **_form(comparison),
        **_costs(workload, profiles, models),
    )


def _search(site: Site, catalog: Catalog, text: str) -> list[IndexEntry]:
    listing = cached_listing(site, catalog)
    return search_models(listing, text, lambda: cached_near_words(site, catalog))


def _columns(
    comparison: Comparison, profiles: Sequence[Profile], models: Sequence[ModelRow]
) -> list[Column]:
    ids, workload = comparison.ids, comparison.workload
    return [
        Column(
            row,
            _path([each for each in ids if each != row.id], workload).removesuffix("?"),
            _path(_moved_left(ids, n), workload) if n else None,
            list(cost_notes(profile.model, workload)),
        )
        for n, (profile, row) in enumerate(zip(profiles, models, strict=True))
    ]


def _moved_left(ids: Sequence[str], position: int) -> list[str]:
    before, moved = ids[: position - 1], ids[position]
    return [*before, moved, ids[position - 1], *ids[position + 1 :]]


def _form(comparison: Comparison) -> dict[str, Any]:
    """Return the template's variables for what was not found, and for the form."""
    ids, workload = comparison.ids, comparison.workload
    return {
        "unknown": [
            (each.id, [(_path([*ids, other.id], workload), other) for other in each.suggestions])
            for each in comparison.unknown
        ],
        "fields": field_values(workload, comparison.invalid),
        "problems": field_problems(comparison.invalid),
        "has_room": len(ids) < MAX_MODELS,
    }


def _costs(
    workload: Workload, profiles: Sequence[Profile], models: Sequence[ModelRow]
) -> dict[str, Any]:
    """Return the template's variables for the cost of one model, or the table of several."""
    costs = [estimate_cost(profile.model, workload) for profile in profiles]
    is_alone, is_table = len(profiles) == 1, len(profiles) > 1
    totals = _path([row.id for row in models], workload._replace(requests=None))
    return {
        "work": capitalize_first(format_workload(workload)),
        "total": capitalize_first(format_cost(costs[0])) if is_alone else None,
        "breakdown": breakdown_rows(profiles[0].model, workload) if is_alone else [],
        "rows": list(comparison_rows(workload, profiles, models)) if is_table else [],
        "shared": [name.replace("_", " ") for name in shared_parameters(models)],
        "totals_path": totals if NoCost.TOO_LONG in costs else None,
    }


def _heading(models: Sequence[ModelRow]) -> str:
    if len(models) > 1:
        return f"Compare {len(models)} models"
    return f"What {models[0].title} costs" if models else "Compare models"


def _description(
    profiles: Sequence[Profile], models: Sequence[ModelRow], workload: Workload
) -> str:
    if not models:
        return "Compare up to five AI models: cost of a workload, prices, context and limits."
    facts = [f"{row.title} {row.price or 'price not published'}" for row in models]
    cost = estimate_cost(profiles[0].model, workload) if len(profiles) == 1 else None
    if isinstance(cost, CostRange):
        facts.insert(0, f"{format_cost(cost)} for {format_workload(workload)}")
    return "; ".join(facts)


def _path(ids: Iterable[str], workload: Workload) -> str:
    return f"/compare?{comparison_query_string(ids, workload)}"
