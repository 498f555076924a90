"""The comparison page: models side by side, what differs, and the cost of a workload."""

from collections.abc import Iterable, Sequence

from handler.domain.catalog.profile import Profile
from handler.domain.pricing.cost import CostRange, Workload, estimate_cost
from handler.domain.pricing.cost_format import format_cost, format_workload
from handler.domain.search.comparison import MAX_MODELS, comparison_query_string, parse_comparison
from handler.domain.search.summary import ModelRow, summarize
from handler.web.cards.content.listings import card_for_comparison
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.pages.compare.rows import comparison_rows, shared_parameters
from handler.web.pages.site_page import site_page_metadata
from handler.web.site import Site


def compare_view(site: Site, request: Request) -> CacheableResponse:
    """Answer `/compare`: with one model its cost, with none a form to choose models."""
    catalog = site.catalog.get()
    comparison = parse_comparison(request.params(), catalog)
    ids, workload = comparison.ids, comparison.workload
    profiles = [catalog.profile(model_id) for model_id in ids]
    models = [summarize(profile, catalog.as_of) for profile in profiles]
    heading = _heading(models)
    head = site_page_metadata(
        " vs ".join(row.title for row in models) if len(models) > 1 else heading,
        _description(profiles, models, workload),
        _path(ids, workload).removesuffix("?"),
        site.site_url,
        card_for_comparison(catalog, comparison),
    )
    return site.templates.page(
        "compare.html",
        head._replace(indexable=False),
        site.site_url,
        catalog=catalog,
        sources=[catalog.list_source],
        comparison=comparison,
        work=format_workload(workload),
        heading=heading,
        models=models,
        remove_paths={each: _path({*ids} - {each}, workload) for each in ids},
        rows=list(comparison_rows(workload, profiles, models)),
        shared=[name.replace("_", " ") for name in shared_parameters(models)],
        unknown=[
            (each.id, [(_path({*ids, other.id}, workload), other) for other in each.suggestions])
            for each in comparison.unknown
        ],
        has_room=len(ids) < MAX_MODELS,
    )


def _heading(models: Sequence[ModelRow]) -> str:
    if len(models) > 1:
        return f"{len(models)} models side by side"
    return f"What {models[0].title} costs" if models else "Compare models"


def _description(
    profiles: Sequence[Profile], models: Sequence[ModelRow], workload: Workload
) -> str:
    if not models:
        return "Two to five AI models side by side: prices, context, limits and what differs."
    facts = [f"{row.title} {row.price or 'price not published'}" for row in models]
    cost = estimate_cost(profiles[0].model, workload) if len(profiles) == 1 else None
    if isinstance(cost, CostRange):
        facts.insert(0, f"{format_cost(cost)} for {format_workload(workload)}")
    return "; ".join(facts)


def _path(ids: Iterable[str], workload: Workload) -> str:
    return f"/compare?{comparison_query_string(ids, workload)}"
