"""Models side by side: what is the same, what differs, and what some work costs with each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from handler.domain.addresses import Entry
from handler.domain.catalog import Catalog
from handler.domain.comparison import MOST_MODELS, Comparison, query_with
from handler.domain.preview import DESCRIPTION_BYTES, DESCRIPTION_CHARACTERS, TITLE_BYTES
from handler.domain.price_words import usd
from handler.domain.profile import Profile
from handler.domain.summary import Summary, summary_of
from handler.domain.text import fit, one_line
from handler.domain.workload import cost_of
from handler.web.card_address import card_of
from handler.web.documents import Document
from handler.web.head import Head
from handler.web.model_rows import model_rows
from handler.web.page_faces import face_of_comparison
from handler.web.structured_data import page_data, pictured
from handler.web.templating import Templates
from handler.web.words import day, from_unix

_PATH = "/compare"


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of every model; `best` has the positions of those where it is the lowest."""

    label: str
    values: tuple[str | None, ...]
    best: tuple[int, ...] = ()
    is_number: bool = True

    @property
    def differs(self) -> bool:
        """Whether the models are not alike in it."""
        return len(set(self.values)) > 1


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
    """Return the comparison, or a form for one where there are fewer than two models."""
    profiles = [catalog.profile(model_id) for model_id in comparison.ids]
    rows = [summary_of(profile, catalog.as_of) for profile in profiles]
    shared = _shared_parameters(rows)
    return templates.page(
        "compare.html",
        _head(catalog, comparison, rows, origin),
        origin,
        catalog=catalog,
        sources=[catalog.list_source],
        comparison=comparison,
        columns=[_column(row, comparison) for row in rows],
        lines=list(_lines(comparison, profiles, rows)) if len(rows) > 1 else [],
        shared=[name.replace("_", " ") for name in shared],
        unknown=[(address, _near(near, comparison)) for address, near in comparison.unknown],
        has_room=len(rows) < MOST_MODELS,
    )


def _head(catalog: Catalog, comparison: Comparison, rows: Sequence[Summary], origin: str) -> Head:
    query = comparison.encoded()
    path = f"{_PATH}?{query}" if query else _PATH
    title = _title(rows)
    description = _description(rows)
    card = card_of(_PATH, face_of_comparison(catalog, comparison))
    card = replace(card, path=card.path + path.removeprefix(_PATH))
    data = pictured(page_data(title, description, origin + path), origin + card.path)
    return Head(title, description, path, structured=data, card=card, indexed=False)


def _title(rows: Sequence[Summary]) -> str:
    if len(rows) < 2:
        return "Compare AI models"
    names = " vs ".join(row.title for row in rows)
    return fit(one_line(names), TITLE_BYTES, TITLE_BYTES)


def _description(rows: Sequence[Summary]) -> str:
    if len(rows) < 2:
        return "Two to five AI models side by side: prices, context, limits and what differs."
    prices = [f"{row.title} {row.price or 'price not published'}" for row in rows]
    words = one_line("; ".join(prices))
    return fit(words, DESCRIPTION_CHARACTERS, DESCRIPTION_BYTES)


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


def _lines(
    comparison: Comparison, profiles: Sequence[Profile], rows: Sequence[Summary]
) -> Iterator[Line]:
    cells = model_rows(rows)
    models = [profile.model for profile in profiles]
    costs = [cost_of(row, comparison.workload) for row in rows]
    yield Line(
        "Cost of this work", tuple(None if c is None else usd(c) for c in costs), _lowest(costs)
    )
    inputs = tuple(c.input or c.price for c in cells)
    yield Line("Input, $ per million tokens", inputs, _lowest([r.input_price for r in rows]))
    outputs = tuple(c.output for c in cells)
    yield Line("Output, $ per million tokens", outputs, _lowest([r.output_price for r in rows]))
    yield Line("Context, tokens", _counts(model.context_length for model in models))
    yield Line("Longest output, tokens", _counts(model.max_completion_tokens for model in models))
    yield Line("Arena rank", tuple(f"#{r.rank}" if r.rank else None for r in rows))
    yield _words("Takes", (", ".join(row.inputs) for row in rows))
    yield _words("Gives", (", ".join(row.outputs) for row in rows))
    yield _words("Parameters that not all have", _own_parameters(rows))
    yield _words("Open weights", ("on Hugging Face" if row.is_open else "" for row in rows))
    yield _words("Served by", (", ".join(sorted(row.providers.values())) for row in rows))
    yield _words("Knowledge until", (_day(model.knowledge_cutoff) for model in models))
    yield _words("Added", (day(from_unix(row.created)) if row.created else "" for row in rows))


def _words(label: str, values: Iterable[str | None]) -> Line:
    return Line(label, tuple(value or None for value in values), is_number=False)


def _day(value: date | None) -> str | None:
    return day(value) if value else None


def _counts(counts: Iterable[int | None]) -> tuple[str | None, ...]:
    return tuple(f"{count:,}" if count else None for count in counts)


def _lowest(amounts: Sequence[Decimal | None]) -> tuple[int, ...]:
    """Return where the lowest amount stands, nowhere where all that are known are the same."""
    known = {amount for amount in amounts if amount is not None}
    if len(known) < 2:
        return ()
    return tuple(n for n, amount in enumerate(amounts) if amount == min(known))


def _shared_parameters(rows: Sequence[Summary]) -> list[str]:
    return sorted(set.intersection(*(set(row.parameters) for row in rows))) if rows else []


def _own_parameters(rows: Sequence[Summary]) -> Iterator[str]:
    shared = set(_shared_parameters(rows))
    for row in rows:
        own = sorted(set(row.parameters) - shared)
        yield ", ".join(name.replace("_", " ") for name in own)
