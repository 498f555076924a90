"""The facts of several models, one by one, and in which of them they differ."""

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
    """One fact of every model; `best` has the positions of those where it is the lowest."""

    label: str
    values: tuple[str | None, ...]
    best: tuple[int, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the models are not alike in it."""
        return len(set(self.values)) > 1


def comparison_rows(
    workload: Workload, profiles: Sequence[Profile], rows: Sequence[ModelRow]
) -> Iterator[ComparisonRow]:
    """Yield what is known of models side by side; `rows` are the summaries of `profiles`."""
    cells = table_rows(rows)
    models = [profile.model for profile in profiles]
    costs = [estimate_base_cost(model, workload) for model in models]
    yield ComparisonRow("Cost of this work", tuple(map(_cost_words, rows, costs)), _lowest(costs))
    inputs = tuple(c.input or c.price for c in cells)
    yield ComparisonRow(
        "Input, $ per million tokens", inputs, _lowest([r.input_price for r in rows])
    )
    outputs = tuple(c.output for c in cells)
    yield ComparisonRow(
        "Output, $ per million tokens", outputs, _lowest([r.output_price for r in rows])
    )
    yield ComparisonRow("Context, tokens", _counts(model.context_length for model in models))
    yield ComparisonRow(
        "Longest output, tokens", _counts(model.max_completion_tokens for model in models)
    )
    yield ComparisonRow("Arena rank", tuple(f"#{r.rank}" if r.rank else None for r in rows))
    yield _words("Takes", (", ".join(row.inputs) for row in rows))
    yield _words("Gives", (", ".join(row.outputs) for row in rows))
    if len(rows) > 1:
        yield _words("Parameters that not all have", _own_parameters(rows))
    else:
        yield _words("Parameters", (", ".join(shared_parameters(rows)).replace("_", " "),))
    yield _words("Open weights", ("on Hugging Face" if row.is_open else "" for row in rows))
    yield _words("Served by", (", ".join(sorted(row.providers.values())) for row in rows))
    yield _words("Knowledge until", (_day(model.knowledge_cutoff) for model in models))
    yield _words(
        "Added",
        (format_date(datetime_from_unix(row.created)) if row.created else "" for row in rows),
    )


def _cost_words(row: ModelRow, cost: Decimal | None) -> str | None:
    if cost is not None:
        return format_usd(cost)
    return "not billed by tokens alone" if row.price and not row.is_by_token else None


def _words(label: str, values: Iterable[str | None]) -> ComparisonRow:
    return ComparisonRow(label, tuple(value or None for value in values))


def _day(value: date | None) -> str | None:
    return format_date(value) if value else None


def _counts(counts: Iterable[int | None]) -> tuple[str | None, ...]:
    return tuple(f"{count:,}" if count else None for count in counts)


def _lowest(amounts: Sequence[Decimal | None]) -> tuple[int, ...]:
    """Return where the lowest amount stands, nowhere where all that are known are the same."""
    known = {amount for amount in amounts if amount is not None}
    if len(known) < 2:
        return ()
    return tuple(n for n, amount in enumerate(amounts) if amount == min(known))


def shared_parameters(rows: Sequence[ModelRow]) -> list[str]:
    """Return the parameters that all of the models have."""
    return sorted(set.intersection(*(set(row.parameters) for row in rows))) if rows else []


def _own_parameters(rows: Sequence[ModelRow]) -> Iterator[str]:
    shared = set(shared_parameters(rows))
    for row in rows:
        own = sorted(set(row.parameters) - shared)
        yield ", ".join(name.replace("_", " ") for name in own)
