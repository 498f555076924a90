"""The comparison page: models side by side, what differs, and the cost of a workload."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

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
from handler.domain.search.comparison import (
    MAX_MODELS,
    Comparison,
    UnknownId,
    comparison_query_string,
    parse_comparison,
)
from handler.domain.search.summary import ModelRow, summarize
from handler.domain.text import collapse_whitespace, truncate
from handler.web.cards.content.card_content import card_image_for
from handler.web.cards.content.listings import card_for_comparison
from handler.web.formatting import format_date
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.pages.compare.rows import comparison_rows, shared_parameters
from handler.web.rendering.json_ld import page_data, with_image
from handler.web.rendering.metadata import HeadMetadata
from handler.web.rendering.templates import Templates
from handler.web.site import Site

_PATH = "/compare"


class ComparedModel(NamedTuple):
    """The head of a column; `remove_path` leads to the comparison without the model."""

    id: str
    name: str
    withdrawn: str | None
    remove_path: str


class Suggestion(NamedTuple):
    """A model with an id similar to an unknown one; `path` leads to the comparison with it."""

    path: str
    model: IndexEntry


def compare_view(site: Site, request: Request) -> CacheableResponse:
    """Answer `/compare`."""
    catalog = site.catalog.get()
    comparison = parse_comparison(request.params(), catalog)
    return compare_page(site.templates, catalog, comparison, site.site_url)


def compare_page(
    templates: Templates, catalog: Catalog, comparison: Comparison, site_url: str
) -> CacheableResponse:
    """Return the page. With one model it shows the cost, with none a form to choose models."""
    profiles = [catalog.profile(model_id) for model_id in comparison.ids]
    summaries = [summarize(profile, catalog.as_of) for profile in profiles]
    rows = comparison_rows(comparison.workload, profiles, summaries) if profiles else ()
    return templates.page(
        "compare.html",
        _head(catalog, comparison, profiles, summaries, site_url),
        site_url,
        catalog=catalog,
        sources=[catalog.list_source],
        comparison=comparison,
        heading=_heading(summaries),
        models=[_compared_model(summary, comparison) for summary in summaries],
        rows=list(rows),
        shared=[name.replace("_", " ") for name in shared_parameters(summaries)],
        unknown=[(each.id, _suggestions(each, comparison)) for each in comparison.unknown],
        has_room=len(profiles) < MAX_MODELS,
    )


def _head(
    catalog: Catalog,
    comparison: Comparison,
    profiles: Sequence[Profile],
    summaries: Sequence[ModelRow],
    site_url: str,
) -> HeadMetadata:
    query_string = comparison.to_query_string()
    path = f"{_PATH}?{query_string}" if query_string else _PATH
    title = _title(summaries)
    description = _description(profiles, summaries, comparison.workload)
    card = card_image_for(_PATH, card_for_comparison(catalog, comparison))
    card = card._replace(path=card.path + path.removeprefix(_PATH))
    data = with_image(page_data(title, description, site_url + path), site_url + card.path)
    return HeadMetadata(title, description, path, json_ld=data, card=card, indexable=False)


def _heading(summaries: Sequence[ModelRow]) -> str:
    if len(summaries) > 1:
        return f"{len(summaries)} models side by side"
    return f"What {summaries[0].title} costs" if summaries else "Compare models"


def _title(summaries: Sequence[ModelRow]) -> str:
    has_several = len(summaries) > 1
    words = " vs ".join(row.title for row in summaries) if has_several else _heading(summaries)
    return truncate(collapse_whitespace(words), TITLE_BYTES, TITLE_BYTES)


def _description(
    profiles: Sequence[Profile], summaries: Sequence[ModelRow], workload: Workload
) -> str:
    if not summaries:
        return "Two to five AI models side by side: prices, context, limits and what differs."
    facts = [f"{row.title} {row.price or 'price not published'}" for row in summaries]
    cost = estimate_base_cost(profiles[0].model, workload) if len(profiles) == 1 else None
    if cost is not None:
        tokens = f"{workload.tokens_in:,} tokens in and {workload.tokens_out:,} out"
        facts.insert(0, f"{format_usd(cost)} for {tokens}")
    text = collapse_whitespace("; ".join(facts))
    return truncate(text, DESCRIPTION_CHARACTERS, DESCRIPTION_BYTES)


def _compared_model(summary: ModelRow, comparison: Comparison) -> ComparedModel:
    others = (model_id for model_id in comparison.ids if model_id != summary.id)
    return ComparedModel(
        id=summary.id,
        name=summary.name,
        withdrawn=format_date(summary.withdrawn) if summary.withdrawn else None,
        remove_path=_path_with(others, comparison),
    )


def _suggestions(unknown: UnknownId, comparison: Comparison) -> list[Suggestion]:
    return [
        Suggestion(_path_with({*comparison.ids, model.id}, comparison), model)
        for model in unknown.suggestions
    ]


def _path_with(ids: Iterable[str], comparison: Comparison) -> str:
    """Return the path of a comparison of other models for the same workload."""
    return f"{_PATH}?{comparison_query_string(ids, comparison.workload)}"
