"""The table of a comparison: one row for each fact, with the models in which it differs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handler.domain.catalog.profile import Profile
from handler.domain.pricing.cost import Workload, estimate_base_cost
from handler.domain.pricing.format import format_usd
from handler.domain.search.summary import ModelRow
from handler.web.formatting import datetime_from_unix, format_date
from handler.web.pages.model_table import table_rows


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One fact of each model, None where it is not published.

    `lowest` has the positions of the lowest values, where the row has numbers that differ.
    """

    label: str
    values: tuple[str | None, ...]
    lowest: tuple[int, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the models differ in this fact."""
        return len(set(self.values)) > 1


def comparison_rows(
    workload: Workload, profiles: Sequence[Profile], summaries: Sequence[ModelRow]
) -> Iterator[ComparisonRow]:
    """Yield the rows of the table; `summaries` are those of `profiles`, in the same order."""
    models = [profile.model for profile in profiles]
    costs = [estimate_base_cost(model, workload) for model in models]
    yield from _price_rows(costs, summaries)
    yield _row("Context, tokens", (_format_count(model.context_length) for model in models))
    yield _row(
        "Longest output, tokens", (_format_count(model.max_completion_tokens) for model in models)
    )
    yield _row("Arena rank", (f"#{row.rank}" if row.rank else None for row in summaries))
    yield _row("Takes", (", ".join(row.inputs) for row in summaries))
    yield _row("Gives", (", ".join(row.outputs) for row in summaries))
    yield _parameters_row(summaries)
    yield _row("Open weights", ("on Hugging Face" if row.is_open else None for row in summaries))
    yield _row("Served by", (", ".join(sorted(row.providers.values())) for row in summaries))
    yield _row("Knowledge until", (_format_date(model.knowledge_cutoff) for model in models))
    added = (datetime_from_unix(row.created) if row.created else None for row in summaries)
    yield _row("Added", map(_format_date, added))


def shared_parameters(summaries: Sequence[ModelRow]) -> list[str]:
    """Return the parameters that all of the models have, in alphabetical order."""
    parameters = [set(row.parameters) for row in summaries]
    return sorted(set.intersection(*parameters)) if parameters else []


def _price_rows(
    costs: Sequence[Decimal | None], summaries: Sequence[ModelRow]
) -> Iterator[ComparisonRow]:
    cells = table_rows(summaries)
    yield ComparisonRow(
        "Cost of this work", tuple(map(_format_cost, summaries, costs)), _find_lowest(costs)
    )
    yield ComparisonRow(
        "Input, $ per million tokens",
        tuple(cell.input or cell.price for cell in cells),
        _find_lowest([row.input_price for row in summaries]),
    )
    yield ComparisonRow(
        "Output, $ per million tokens",
        tuple(cell.output for cell in cells),
        _find_lowest([row.output_price for row in summaries]),
    )


def _parameters_row(summaries: Sequence[ModelRow]) -> ComparisonRow:
    """Return the parameters that not all models have; of one model alone, all parameters."""
    if len(summaries) == 1:
        return _row("Parameters", [_join_parameters(summaries[0].parameters)])
    shared = set(shared_parameters(summaries))
    own = (_join_parameters(set(row.parameters) - shared) for row in summaries)
    return _row("Parameters that not all have", own)


def _join_parameters(names: Iterable[str]) -> str:
    return ", ".join(sorted(set(names))).replace("_", " ")


def _row(label: str, values: Iterable[str | None]) -> ComparisonRow:
    return ComparisonRow(label, tuple(value or None for value in values))


def _format_cost(summary: ModelRow, cost: Decimal | None) -> str | None:
    if cost is not None:
        return format_usd(cost)
    return "not billed by tokens alone" if summary.price and not summary.is_by_token else None


def _format_count(count: int | None) -> str | None:
    return f"{count:,}" if count else None


def _format_date(value: date | None) -> str | None:
    return format_date(value) if value else None


def _find_lowest(amounts: Sequence[Decimal | None]) -> tuple[int, ...]:
    """Return the positions of the lowest amount, none where all that are known are equal."""
    known = {amount for amount in amounts if amount is not None}
    if len(known) < 2:
        return ()
    return tuple(n for n, amount in enumerate(amounts) if amount == min(known))
