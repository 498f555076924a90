"""The table of a comparison: one row for each fact, with the models in which it differs."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.catalog.profile import Profile
from handler.domain.pricing.cost import CostRange, NoCost, Workload, estimate_cost
from handler.domain.pricing.cost_format import format_cost
from handler.domain.pricing.format import format_amount, format_usd
from handler.domain.pricing.headline import request_fee, search_fee
from handler.domain.pricing.types import Pricing
from handler.domain.search.summary import ModelRow
from handler.web.formatting import format_date, map_optional
from handler.web.pages.model_table import TableRow, table_rows


class ComparisonRow(NamedTuple):
    """One fact of each model, None where it is not published.

    `lowest` has the positions of the lowest values, where the row has numbers that differ, and
    `mark` is the word for these.
    """

    label: str
    values: tuple[str | None, ...]
    lowest: tuple[int, ...] = ()
    mark: str = "lowest"

    @property
    def differs(self) -> bool:
        """Whether the models differ in this fact."""
        return len(set(self.values)) > 1


def comparison_rows(
    workload: Workload, profiles: Sequence[Profile], summaries: Sequence[ModelRow]
) -> Iterator[ComparisonRow]:
    """Yield the rows of the table; `summaries` are those of `profiles`, in the same order."""
    models, cells = [profile.model for profile in profiles], table_rows(summaries)
    yield _cost_row([estimate_cost(model, workload) for model in models])
    yield from _price_rows(models, summaries, cells)
    yield _row("Context window, tokens", map(_format_count, (m.context_length for m in models)))
    limits = (model.max_completion_tokens for model in models)
    yield _row("Max output tokens", map(_format_count, limits))
    yield _row("Arena rank", (map_optional("#{}".format, row.rank) for row in summaries))
    yield _row("Input modalities", (", ".join(row.inputs) for row in summaries))
    yield _row("Output modalities", (", ".join(row.outputs) for row in summaries))
    yield _parameters_row(summaries)
    yield _row("Open weights", ("on Hugging Face" if row.is_open else None for row in summaries))
    yield _row("Providers", (", ".join(sorted(row.providers.values())) for row in summaries))
    cutoffs = (map_optional(format_date, model.knowledge_cutoff) for model in models)
    yield _row("Knowledge cutoff", cutoffs)
    yield _row("Added", (map_optional(format_date, cell.added) for cell in cells))


def shared_parameters(summaries: Sequence[ModelRow]) -> list[str]:
    """Return the parameters that all of the models have, in alphabetical order."""
    parameters = [set(row.parameters) for row in summaries]
    return sorted(set.intersection(*parameters)) if parameters else []


def _cost_row(costs: Sequence[CostRange | NoCost]) -> ComparisonRow:
    row = _row("Total cost", map(_format_cost, costs), _comparable(costs))
    return row._replace(mark="cheapest")


def _price_rows(
    models: Sequence[Model], summaries: Sequence[ModelRow], cells: Sequence[TableRow]
) -> Iterator[ComparisonRow]:
    inputs = tuple(cell.input or cell.price for cell in cells)
    lowest = _find_lowest([row.input_price for row in summaries])
    yield ComparisonRow("Input, $ per 1M tokens", inputs, lowest)
    outputs = [row.output_price for row in summaries]
    yield _row("Output, $ per 1M tokens", (cell.output for cell in cells), outputs)
    cached = [model.pricing.price_per_million("input_cache_read") for model in models]
    if any(cached):
        amounts = (map_optional(format_usd, amount) for amount in cached)
        yield _row("Cached input, $ per 1M tokens", amounts, cached)
    fees = tuple(_format_fees(model.pricing) for model in models)
    if any(fees):
        yield _row("Fees", fees)


def _parameters_row(summaries: Sequence[ModelRow]) -> ComparisonRow:
    """Return the parameters that not all models have."""
    shared = set(shared_parameters(summaries))
    own = (", ".join(sorted(set(row.parameters) - shared)).replace("_", " ") for row in summaries)
    return _row("Other parameters", own)


def _row(
    label: str, values: Iterable[str | None], amounts: Sequence[Decimal | None] = ()
) -> ComparisonRow:
    return ComparisonRow(label, tuple(value or None for value in values), _find_lowest(amounts))


def _format_count(count: int | None) -> str | None:
    return map_optional("{:,}".format, count)


def _format_cost(cost: CostRange | NoCost) -> str | None:
    return None if cost is NoCost.NOT_PUBLISHED else format_cost(cost)


def _format_fees(pricing: Pricing) -> str:
    fees = (request_fee(pricing), search_fee(pricing))
    return ", ".join(f"{format_amount(fee)} {fee.unit.phrase}" for fee in fees if fee)


def _comparable(costs: Sequence[CostRange | NoCost]) -> list[Decimal | None]:
    """Return the costs as amounts, none where one of them depends on the hour."""
    known = [cost if isinstance(cost, CostRange) else None for cost in costs]
    if any(cost and cost.lowest != cost.highest for cost in known):
        return []
    return [cost and cost.lowest for cost in known]


def _find_lowest(amounts: Sequence[Decimal | None]) -> tuple[int, ...]:
    """Return the positions of the lowest amount, none where all that are known are equal."""
    known = {amount for amount in amounts if amount is not None}
    if len(known) < 2:
        return ()
    return tuple(n for n, amount in enumerate(amounts) if amount == min(known))
