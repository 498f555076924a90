"""A model's page as Markdown: the same facts in the same order, for language models and terminals.

Everything that is not our own goes through `escaped`.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model import Model, base_id
from handler.domain.catalog.profile import Profile
from handler.domain.pricing.format import format_conditions, format_usd
from handler.domain.pricing.types import Price
from handler.domain.text import escape_markdown
from handler.web.formatting import datetime_from_unix, format_date, format_datetime
from handler.web.http.headers import MARKDOWN, PAGE_CACHE
from handler.web.http.response import CacheableResponse
from handler.web.pages.model.changes import change_rows
from handler.web.pages.model.prices import PRICE_NOTES, price_rows
from handler.web.pages.model.providers import provider_rows
from handler.web.urls import model_path

_UNKNOWN = "not published"
_NOTHING = "—"


def markdown_document(catalog: Catalog, model_id: str, site_url: str) -> CacheableResponse:
    """Return a model's page as Markdown. Search engines are led to the page itself."""
    profile = catalog.profile(model_id)
    url = site_url + model_path(model_id)
    body = "\n".join(_lines(profile, catalog, url)) + "\n"
    headers = (("link", f'<{url}>; rel="canonical"'), ("x-robots-tag", "noindex"))
    return CacheableResponse(body.encode(), MARKDOWN, PAGE_CACHE, extra_headers=headers)


def _lines(profile: Profile, catalog: Catalog, url: str) -> Iterator[str]:
    model = profile.model
    yield f"# {escape_markdown(model.name)}"
    yield from ("", f"`{model.id}`, at <{url}>", "")
    if profile.withdrawn:
        yield f"**No longer listed since {format_date(profile.withdrawn)}.** What was last known of it:"
    else:
        yield f"OpenRouter’s list, as of {format_datetime(catalog.as_of)}."
    if model.alias_target:
        yield from ("", f"This is an alias. It stands for {escape_markdown(model.alias_target)}.")
    yield from ("", "## Description", "")
    yield escape_markdown(model.description.lead) or _UNKNOWN
    yield from _prices(model)
    yield from _providers(profile)
    yield from _limits(model)
    yield from _rank(profile)
    yield from _history(profile)
    yield from _identifiers(model)


def _prices(model: Model) -> Iterator[str]:
    yield from ("", "## Prices", "")
    rows = price_rows(model.pricing)
    note = PRICE_NOTES.get(model.pricing.kind)
    if note:
        yield note
    if rows:
        yield from ("", "US dollars, by what is billed.", "") if note else ("US dollars.", "")
        conditions = [format_conditions(tier.conditions) for tier in model.pricing.tiers]
        yield from _table(
            ["For", "Unit", "Base price" if conditions else "Price", *conditions],
            ([row.label, row.unit, *map(_amount, row.prices)] for row in rows),
        )


def _providers(profile: Profile) -> Iterator[str]:
    if not profile.endpoint_data:
        return
    yield from (
        "",
        "## Who serves it",
        "",
        f"As of {format_datetime(profile.endpoint_data.fetched_at)}.",
        "",
    )
    rows = provider_rows(profile)
    if not rows and profile.endpoint_data.records:
        yield f"OpenRouter tells who serves `{base_id(profile.model.id)}`, but not this variant."
        return
    if not rows:
        yield "OpenRouter names no provider for it."
        return
    heads = ["Provider", "Note", "Price", "Cache read", "Context", "Longest output"]
    heads += ["Quantisation", "Uptime"]
    yield from _table(
        heads,
        (
            [
                r.provider,
                r.note or _NOTHING,
                r.price,
                r.cache_read,
                r.context,
                r.longest_completion,
                r.quantization,
                r.uptime,
            ]
            for r in rows
        ),
    )


def _limits(model: Model) -> Iterator[str]:
    yield from ("", "## Context, limits and modalities", "")
    yield from _facts(
        {
            "Context length": _tokens(model.context_length),
            "At the primary provider": _tokens(model.provider_context_length),
            "Longest completion": _tokens(model.max_completion_tokens),
            "Moderated": {True: "yes", False: "no", None: None}[model.is_moderated],
            "Knowledge until": _day(model.knowledge_cutoff),
            "Listed until": _day(model.expiration_date),
            "Takes": ", ".join(model.input_modalities),
            "Gives": ", ".join(model.output_modalities),
            "Tokenizer": model.tokenizer,
            "Supported parameters": ", ".join(model.supported_parameters),
        }
    )


def _rank(profile: Profile) -> Iterator[str]:
    standing = profile.arena_rank
    if standing:
        yield from ("", "## Arena rank", "")
        yield from _facts(
            {
                "Rank": f"{standing.rank} of {standing.total}",
                "Rating": f"{standing.rating:.0f}, between {standing.lower:.0f} and "
                f"{standing.upper:.0f} with 95 % confidence",
                "Published": _day(standing.published),
                "Leaderboard name": standing.name,
            }
        )


def _history(profile: Profile) -> Iterator[str]:
    yield from (
        "",
        "## History",
        "",
        f"First seen here on {format_date(profile.history.first_seen)}.",
    )
    rows = change_rows(profile)
    if rows:
        yield ""
        yield from _table(
            ["Seen on", "What", "Before", "After"],
            ([format_date(row.moment), row.what, row.before, row.after] for row in rows),
        )


def _identifiers(model: Model) -> Iterator[str]:
    yield from ("", "## Identifiers", "")
    yield from _facts(
        {
            "OpenRouter ID": model.id,
            "Canonical slug": model.canonical_slug,
            "Hugging Face ID": model.hugging_face_id,
            "On OpenRouter since": format_date(datetime_from_unix(model.created))
            if model.created
            else None,
        }
    )


def _facts(facts: dict[str, str | None]) -> Iterator[str]:
    return (f"- {name}: {escape_markdown(value or _UNKNOWN)}" for name, value in facts.items())


def _table(heads: Iterable[str], rows: Iterable[Iterable[str | None]]) -> Iterator[str]:
    heads = list(heads)
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(escape_markdown(cell or _UNKNOWN) for cell in row)} |"


def _amount(price: Price | None) -> str | None:
    return format_usd(price.display_amount) if price else None


def _tokens(count: int | None) -> str | None:
    return f"{count:,} tokens" if count else None


def _day(value: date | None) -> str | None:
    return format_date(value) if value else None
