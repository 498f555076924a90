"""The cards of pages about several models: the explorer, an author's models, a comparison."""

from collections.abc import Sequence
from decimal import Decimal

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model import Model, split_display_name
from handler.domain.comparison.comparison import Comparison
from handler.domain.formatting import format_token_count
from handler.domain.pricing.cost import DEFAULT_WORKLOAD, CostRange, NoCost, Workload, estimate_cost
from handler.domain.pricing.cost_format import format_workload
from handler.domain.pricing.format import format_amount, format_price, format_usd
from handler.domain.pricing.headline import has_surcharge_tier, headline_prices
from handler.domain.pricing.types import PriceUnit
from handler.domain.search.describe import describe_query
from handler.domain.search.listing import ModelListing, filter_models
from handler.domain.search.query import ModelQuery
from handler.domain.search.summary import ModelRow
from handler.domain.search.understand import understand
from handler.domain.text import truncate
from handler.web.cards.content.card_content import CardContent, Stat, TableRow
from handler.web.cards.content.model import BILLED_BY_LENGTH, PRICE_KIND_STATS, card_for_profile
from handler.web.cards.content.site import count_stat
from handler.web.formatting import capitalize_first

NO_MATCHES = "No models match these filters"
"""The title of an empty result: words of a query that matches nothing are never on a card."""

_NOT_PUBLISHED = "—"
_TIERS = "; + more in some tiers"
_MAX_NAMED_MODELS = 3
_COMPARISON_COLUMNS = (Stat("Input / 1M", ""), Stat("Output / 1M", ""), Stat("Cost", ""))


def card_for_explorer(listing: ModelListing, query: ModelQuery) -> CardContent:
    """Return the card of the explorer: its filters in words, and the first models that match.

    Without filters, it counts all models. The page number is not shown.
    """
    query = understand(query, listing)
    return card_for_matches(listing, query, filter_models(listing.rows, query))


def card_for_matches(
    listing: ModelListing, query: ModelQuery, rows: Sequence[ModelRow]
) -> CardContent:
    """Return the card of the explorer, given the models that match."""
    filters = query._replace(sort=query.default_sort, page=1)
    if rows and filters != ModelQuery():
        phrase = describe_query(filters, listing.names)
        return filtered_card(capitalize_first(phrase), len(rows), rows[:_MAX_NAMED_MODELS])
    return explorer_card(
        len(rows),
        authors=len({row.author for row in rows}),
        free=sum(row.is_free for row in rows),
        title="" if rows else NO_MATCHES,
    )


def explorer_card(listed: int, authors: int, free: int, title: str = "") -> CardContent:
    """Return the card of the explorer with its counts; `title` is empty without filters."""
    return CardContent(
        title=title or "Every model on OpenRouter",
        plain_title="Explorer",
        kicker="Explorer",
        stats=(
            count_stat("Model", listed),
            count_stat("Author", authors),
            Stat("Free", f"{free:,}"),
        ),
        footnote="Compare prices, context and features",
    )


def filtered_card(title: str, count: int, first: Sequence[ModelRow]) -> CardContent:
    """Return the card of a filtered view, given how many models match, and the first of them."""
    return CardContent(
        title=truncate(title, 90, 300),
        plain_title="Explorer",
        kicker=f"{count:,} model" + "s" * (count != 1),
        columns=(Stat("Input", ""), Stat("Output", "")),
        rows=tuple(TableRow(row.title, _row_prices(row)) for row in first),
        footnote="US dollars per 1M tokens" + (_TIERS if any(r.is_tiered for r in first) else ""),
    )


def _row_prices(row: ModelRow) -> tuple[str, ...]:
    """Return input and output, or one value where a model is not priced by token."""
    prices = (row.input_price, row.output_price)
    if row.kind in PRICE_KIND_STATS:
        return (PRICE_KIND_STATS[row.kind].value,)
    if not any(prices):
        return (row.price or _NOT_PUBLISHED,)
    suffix = "+" if row.is_tiered else ""
    return tuple(format_usd(price) + suffix if price else _NOT_PUBLISHED for price in prices)


def card_for_author(listing: ModelListing, author: str) -> CardContent:
    """Return the card of an author that the catalog has."""
    rows = [row for row in listing.listed() if row.author == author]
    prices = [row.input_price for row in rows if row.input_price]
    return author_card(
        author,
        listing.names.authors[author.lower()],
        len(rows),
        lowest_input=min(prices, default=None),
        longest_context=max((row.context or 0 for row in rows), default=0),
        newest=max(rows, key=lambda row: row.created or 0).title if rows else "",
    )


def author_card(
    author: str,
    name: str,
    listed: int,
    *,
    lowest_input: Decimal | None = None,
    longest_context: int = 0,
    newest: str = "",
) -> CardContent:
    """Return the card of an author, given the number of listed models.

    `lowest_input` is in US dollars per million tokens, `longest_context` in tokens.
    """
    stats = [count_stat("Model", listed)]
    if lowest_input is not None:
        stats.append(Stat("Input from / 1M tokens", format_usd(lowest_input)))
    if longest_context:
        stats.append(Stat("Context up to, tokens", format_token_count(longest_context)))
    return CardContent(
        title=name,
        plain_title=author,
        identicon_seed=author,
        kicker="Models by",
        stats=tuple(stats),
        footnote=f"Newest: {newest}" if newest else "",
    )


def card_for_comparison(catalog: Catalog, comparison: Comparison) -> CardContent:
    """Return the card of a comparison; that of the model for one, an invitation for none."""
    profiles = [catalog.profile(model_id) for model_id in comparison.ids]
    if len(profiles) > 1:
        models = [profile.model for profile in profiles]
        return comparison_card(models, comparison.workload)
    if profiles:
        return card_for_profile(profiles[0], catalog.as_of, catalog.price_scales)
    title = "Models side by side"
    return CardContent(title, title, kicker="Compare", footnote="Compare two to five models")


def comparison_card(models: Sequence[Model], workload: Workload = DEFAULT_WORKLOAD) -> CardContent:
    """Return the card of two to five models side by side, the cheapest for a workload marked.

    Without any cost, it has no column for it.
    """
    costs = [estimate_cost(model, workload) for model in models]
    cheapest = _find_cheapest(costs)
    has_costs = any(isinstance(cost, CostRange) for cost in costs)
    rows = zip(models, costs, strict=True)
    has_tiers = any(has_surcharge_tier(model.pricing) for model in models)
    return CardContent(
        kicker=f"{len(models)} models compared",
        badge="" if cheapest is None else f"Cheapest: {_title(models[cheapest])}",
        columns=_COMPARISON_COLUMNS if has_costs else _COMPARISON_COLUMNS[:2],
        rows=tuple(
            TableRow(
                _title(model),
                _prices(model) + ((_format_cost(cost),) if has_costs else ()),
                number == cheapest,
            )
            for number, (model, cost) in enumerate(rows)
        ),
        footnote=_describe_workload(workload, costs) + (_TIERS if has_tiers else ""),
    )


def _find_cheapest(costs: Sequence[CostRange | NoCost]) -> int | None:
    """Return the number of the lowest cost, at its dearest hour; None unless one alone has it."""
    known = [(cost.highest, n) for n, cost in enumerate(costs) if isinstance(cost, CostRange)]
    lowest = min(known, default=None)
    if lowest is None or len(known) < 2 or sum(cost == lowest[0] for cost, _ in known) > 1:
        return None
    return lowest[1]


def _describe_workload(workload: Workload, costs: Sequence[CostRange | NoCost]) -> str:
    if all(cost is NoCost.TOO_LONG for cost in costs):
        return f"Too long for each of them: {format_workload(workload)}"
    if any(isinstance(cost, CostRange) for cost in costs):
        return f"Cost of {format_workload(workload)}"
    return "US dollars per 1M tokens"


def _title(model: Model) -> str:
    return split_display_name(model.name, model.author)[1]


def _format_cost(cost: CostRange | NoCost) -> str:
    """Return the lowest cost, with "+" where the hour decides."""
    if isinstance(cost, NoCost):
        return _NOT_PUBLISHED
    return format_usd(cost.lowest) + "+" * (cost.highest > cost.lowest)


def _prices(model: Model) -> tuple[str, ...]:
    """Return input and output, or one value where a model is not priced by token."""
    pricing = model.pricing
    if pricing.kind in PRICE_KIND_STATS:
        return (PRICE_KIND_STATS[pricing.kind].value,)
    prices = headline_prices(pricing, model.output_modalities)
    by_dimension = {price.dimension: price for price in prices if price.unit is PriceUnit.TOKEN}
    if not by_dimension.keys() & {"prompt", "completion"}:
        first = prices[0] if prices else None
        if first is None:
            return (_NOT_PUBLISHED,)
        is_by_length = first.unit is PriceUnit.UNSTATED
        return (BILLED_BY_LENGTH.value if is_by_length else format_price(first),)
    suffix = "+" if has_surcharge_tier(pricing) else ""
    return tuple(
        format_amount(price) + suffix if price else _NOT_PUBLISHED
        for price in map(by_dimension.get, ("prompt", "completion"))
    )
