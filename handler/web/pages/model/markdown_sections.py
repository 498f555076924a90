"""The sections of a model's page as Markdown: lines with a heading, none where nothing is known.

Text from upstream goes through `escape_markdown`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.lifetime import find_created, find_retirement
from handler.domain.catalog.model import Model, base_id
from handler.domain.catalog.profile import Profile
from handler.domain.pricing.by_hour import format_price_at, format_week, week_of_prices
from handler.domain.pricing.conditions import format_conditions
from handler.domain.pricing.format import format_amount
from handler.domain.pricing.types import DIMENSION_LABELS
from handler.domain.text import escape_markdown
from handler.web.formatting import (
    capitalize_first,
    datetime_from_unix,
    format_date,
    format_datetime,
    map_optional,
)
from handler.web.pages.change_rows import change_rows
from handler.web.pages.model.prices import base_price_label, price_note, price_rows
from handler.web.pages.model.providers import provider_rows

_NOT_PUBLISHED = "not published"
_PROVIDER_COLUMNS = (
    *("Provider", "Note", "Price", "Cache read", "Context", "Max output"),
    *("Quantization", "24-hour uptime"),
)


def prices(model: Model, as_of: datetime) -> Iterator[str]:
    """Yield the lines of the prices, with those by the hour as of a moment."""
    yield from _heading("Prices")
    note = price_note(model)
    if note:
        yield note
    if rows := price_rows(model.pricing):
        yield from ("", "US dollars, by what is billed.", "") if note else ("US dollars.", "")
        tiers = [format_conditions(tier.conditions) for tier in model.pricing.tiers]
        cells = (
            (row.label, row.unit, *(p and format_amount(p) for p in row.prices)) for row in rows
        )
        yield from _table(["For", "Unit", base_price_label(model.pricing), *tiers], cells)
    if model.pricing.schedule.unreadable:
        yield from ("", "Other prices apply under conditions that could not be read.")
    yield from _prices_by_hour(model, as_of)


def _prices_by_hour(model: Model, as_of: datetime) -> Iterator[str]:
    week = week_of_prices(model.pricing)
    if week.dimensions:
        yield ""
    for name in week.dimensions:
        held = capitalize_first(format_price_at(week, name, as_of))
        text = f"{format_week(week, name)}. {held}."
        yield f"- {DIMENSION_LABELS[name]}: {text}"


def providers(profile: Profile) -> Iterator[str]:
    """Yield the lines of the providers, none before endpoints were fetched."""
    if not profile.endpoint_data:
        return
    yield from _heading("Providers")
    yield from (f"As of {format_datetime(profile.endpoint_data.fetched_at)}.", "")
    if rows := provider_rows(profile):
        # The columns are the fields of a row in order, without the flag at its end.
        yield from _table(
            _PROVIDER_COLUMNS, ((row[0], row.note or "—", *row[2:-1]) for row in rows)
        )
    elif profile.endpoint_data.records:
        base = base_id(profile.model.id)
        yield f"OpenRouter names the providers of `{base}`, but not of this variant."
    else:
        yield "OpenRouter names no provider for it."


def limits(profile: Profile, catalog: Catalog) -> Iterator[str]:
    """Yield the lines of the context length and other limits."""
    model, retirement = profile.model, find_retirement(profile, catalog.as_of)
    tokens = "{:,} tokens".format
    end = {retirement.label: format_date(retirement.day)} if retirement else {}
    return _facts(
        "Context and limits",
        {
            "Context length": map_optional(tokens, model.context_length),
            "Context at top provider": map_optional(tokens, model.provider_context_length),
            "Max output tokens": map_optional(tokens, model.max_completion_tokens),
            "Moderation": {True: "yes", False: "no", None: None}[model.is_moderated],
            "Knowledge cutoff": map_optional(format_date, model.knowledge_cutoff),
            **end,
        },
    )


def modalities(model: Model) -> Iterator[str]:
    """Yield the lines of the modalities and parameters."""
    instruct_type = {"Instruct type": model.instruct_type} if model.instruct_type else {}
    return _facts(
        "Modalities and parameters",
        {
            "Input": ", ".join(model.input_modalities),
            "Output": ", ".join(model.output_modalities),
            "Tokenizer": model.tokenizer,
            **instruct_type,
            "Supported parameters": ", ".join(model.supported_parameters),
        },
    )


def arena_rank(profile: Profile) -> Iterable[str]:
    """Return the lines of the Arena rank, none without one."""
    ranked = profile.arena_rank
    if ranked is None:
        return ()
    bounds = f"between {ranked.lower:.0f} and {ranked.upper:.0f} with 95% confidence"
    facts = {
        "Rank": f"{ranked.rank} of {ranked.total}",
        "Rating": f"{ranked.rating:.0f}, {bounds}",
        "Published": map_optional(format_date, ranked.published),
        "Leaderboard name": ranked.name,
    }
    if ranked.other_efforts:
        facts["At other efforts"] = ", ".join(f"{o.rank} {o.effort}" for o in ranked.other_efforts)
    return _facts("Arena rank", facts)


def history(profile: Profile) -> Iterator[str]:
    """Yield the lines of what changed, newest first."""
    yield from _heading("History")
    yield f"First seen here on {format_date(profile.history.first_seen)}."
    if rows := change_rows(profile):
        yield ""
        cells = (
            (format_date(row.moment), row.fact, row.before, row.after, row.difference or "—")
            for row in rows
        )
        yield from _table(["Seen on", "What", "Before", "After", "Change"], cells)


def identifiers(profile: Profile) -> Iterator[str]:
    """Yield the lines of the model's names elsewhere."""
    model, created = profile.model, find_created(profile)
    return _facts(
        "Identifiers",
        {
            "OpenRouter ID": model.id,
            "Canonical slug": model.canonical_slug,
            "Hugging Face ID": model.hugging_face_id,
            "On OpenRouter since": map_optional(
                format_date, map_optional(datetime_from_unix, created)
            ),
        },
    )


def _heading(text: str) -> tuple[str, ...]:
    return "", f"## {text}", ""


def _facts(title: str, facts: Mapping[str, str | None]) -> Iterator[str]:
    """Yield a heading and a line for each fact, nothing where all are unknown."""
    if not any(facts.values()):
        return
    yield from _heading(title)
    for name, value in facts.items():
        yield f"- {name}: {escape_markdown(value or _NOT_PUBLISHED)}"


def _table(columns: Sequence[str], rows: Iterable[Iterable[str | None]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(escape_markdown(cell or _NOT_PUBLISHED) for cell in row)} |"
