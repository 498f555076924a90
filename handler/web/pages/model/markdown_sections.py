"""The sections of a model's page as lines of Markdown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from handler.domain.catalog.model import Model, base_id
from handler.domain.catalog.profile import Profile
from handler.domain.pricing.format import format_conditions, format_usd
from handler.domain.pricing.types import Price
from handler.domain.text import escape_markdown
from handler.web.formatting import datetime_from_unix, format_date, format_datetime
from handler.web.pages.changes import change_rows
from handler.web.pages.model.prices import PRICE_NOTES, price_rows
from handler.web.pages.model.providers import provider_rows

NOT_PUBLISHED = "not published"
_NO_NOTE = "—"
_PROVIDER_COLUMNS = (
    *("Provider", "Note", "Price", "Cache read", "Context", "Longest output"),
    *("Quantisation", "Uptime"),
)


def prices_section(model: Model) -> Iterator[str]:
    """Yield the lines of the prices, by dimension and tier."""
    yield from heading("Prices")
    rows = price_rows(model.pricing)
    note = PRICE_NOTES.get(model.pricing.kind)
    if note:
        yield note
    if rows:
        yield from ("", "US dollars, by what is billed.", "") if note else ("US dollars.", "")
        tiers = [format_conditions(tier.conditions) for tier in model.pricing.tiers]
        yield from _table(
            ["For", "Unit", "Base price" if tiers else "Price", *tiers],
            ([row.label, row.unit, *map(_format_amount, row.prices)] for row in rows),
        )


def providers_section(profile: Profile) -> Iterator[str]:
    """Yield the lines of the providers, none before endpoints were fetched."""
    if not profile.endpoint_data:
        return
    yield from heading("Who serves it")
    yield from (f"As of {format_datetime(profile.endpoint_data.fetched_at)}.", "")
    rows = provider_rows(profile)
    if rows:
        # The columns are the fields of a row in order, without the flag at its end.
        cells = ((row.provider, row.note or _NO_NOTE, *row[2:-1]) for row in rows)
        yield from _table(_PROVIDER_COLUMNS, cells)
    elif profile.endpoint_data.records:
        yield f"OpenRouter tells who serves `{base_id(profile.model.id)}`, but not this variant."
    else:
        yield "OpenRouter names no provider for it."


def limits_section(model: Model) -> Iterator[str]:
    """Yield the lines of limits, modalities and parameters."""
    yield from heading("Context, limits and modalities")
    yield from _facts(
        {
            "Context length": _format_tokens(model.context_length),
            "At the primary provider": _format_tokens(model.provider_context_length),
            "Longest completion": _format_tokens(model.max_completion_tokens),
            "Moderated": {True: "yes", False: "no", None: None}[model.is_moderated],
            "Knowledge until": _format_date(model.knowledge_cutoff),
            "Listed until": _format_date(model.expiration_date),
            "Takes": ", ".join(model.input_modalities),
            "Gives": ", ".join(model.output_modalities),
            "Tokenizer": model.tokenizer,
            "Supported parameters": ", ".join(model.supported_parameters),
        }
    )


def rank_section(profile: Profile) -> Iterator[str]:
    """Yield the lines of the Arena rank, none for an unranked model."""
    ranked = profile.arena_rank
    if ranked:
        yield from heading("Arena rank")
        yield from _facts(
            {
                "Rank": f"{ranked.rank} of {ranked.total}",
                "Rating": f"{ranked.rating:.0f}, between {ranked.lower:.0f} and "
                f"{ranked.upper:.0f} with 95 % confidence",
                "Published": _format_date(ranked.published),
                "Leaderboard name": ranked.name,
            }
        )


def history_section(profile: Profile) -> Iterator[str]:
    """Yield the lines of the changes."""
    yield from heading("History")
    yield f"First seen here on {format_date(profile.history.first_seen)}."
    rows = change_rows(profile)
    if rows:
        yield ""
        yield from _table(
            ["Seen on", "What", "Before", "After"],
            ([format_date(row.moment), row.fact, row.before, row.after] for row in rows),
        )


def identifiers_section(model: Model) -> Iterator[str]:
    """Yield the lines of the identifiers."""
    created = datetime_from_unix(model.created) if model.created else None
    yield from heading("Identifiers")
    yield from _facts(
        {
            "OpenRouter ID": model.id,
            "Canonical slug": model.canonical_slug,
            "Hugging Face ID": model.hugging_face_id,
            "On OpenRouter since": _format_date(created),
        }
    )


def heading(text: str) -> tuple[str, ...]:
    """Return the lines of a section's heading."""
    return "", f"## {text}", ""


def _facts(facts: Mapping[str, str | None]) -> Iterator[str]:
    for name, value in facts.items():
        yield f"- {name}: {escape_markdown(value or NOT_PUBLISHED)}"


def _table(columns: Sequence[str], rows: Iterable[Iterable[str | None]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(escape_markdown(cell or NOT_PUBLISHED) for cell in row)} |"


def _format_amount(price: Price | None) -> str | None:
    return format_usd(price.display_amount) if price else None


def _format_tokens(count: int | None) -> str | None:
    return f"{count:,} tokens" if count else None


def _format_date(value: date | None) -> str | None:
    return format_date(value) if value else None
