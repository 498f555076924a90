"""A model's page as Markdown, for language models and terminals.

It has the facts of the page in the same order. Text from upstream goes through `escape_markdown`.
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
from handler.web.http.headers import MARKDOWN, PAGE_CACHE
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.pages.changes import change_rows
from handler.web.pages.model.head import reading_note
from handler.web.pages.model.prices import base_price_label, price_note, price_rows
from handler.web.pages.model.providers import provider_rows
from handler.web.site import Site
from handler.web.urls import model_path

_NOT_PUBLISHED = "not published"
_PROVIDER_COLUMNS = (
    *("Provider", "Note", "Price", "Cache read", "Context", "Longest output"),
    *("Quantisation", "Uptime"),
)


def markdown_view(site: Site, _request: Request, model: str) -> CacheableResponse:
    """Answer the page of a model as Markdown, with the HTML page as its canonical URL."""
    catalog = site.catalog.get()
    model_id = catalog.find(model)
    return site.pages.get_or_render(
        catalog, ("markdown", model_id), lambda: _page(catalog, model_id, site.site_url)
    )


def _page(catalog: Catalog, model_id: str, site_url: str) -> CacheableResponse:
    url = site_url + model_path(model_id)
    body = "\n".join(_lines(catalog.profile(model_id), catalog, url)) + "\n"
    headers = (("link", f'<{url}>; rel="canonical"'), ("x-robots-tag", "noindex"))
    return CacheableResponse(body.encode(), MARKDOWN, PAGE_CACHE, extra_headers=headers)


def _lines(profile: Profile, catalog: Catalog, url: str) -> Iterator[str]:
    model = profile.model
    yield f"# {escape_markdown(model.name)}"
    yield from ("", f"`{model.id}`, at <{url}>", "", _listing_note(profile, catalog))
    if note := reading_note(profile, catalog.as_of):
        yield from ("", note)
    if model.alias_target:
        yield from ("", f"This is an alias. It stands for {escape_markdown(model.alias_target)}.")
    yield from _heading("Description")
    yield escape_markdown(model.description.lead) or _NOT_PUBLISHED
    yield from _prices(model, profile.read_at)
    yield from _providers(profile)
    yield from _limits(profile, catalog)
    yield from _rank(profile)
    yield from _history(profile)
    yield from _facts(
        "Identifiers",
        {
            "OpenRouter ID": model.id,
            "Canonical slug": model.canonical_slug,
            "Hugging Face ID": model.hugging_face_id,
            "On OpenRouter since": map_optional(
                format_date, map_optional(datetime_from_unix, find_created(profile))
            ),
        },
    )


def _listing_note(profile: Profile, catalog: Catalog) -> str:
    source = f"OpenRouter’s list, as of {format_datetime(profile.read_at)}."
    retirement = find_retirement(profile, catalog.as_of)
    end = f" {retirement.sentence} {format_date(retirement.day)}." if retirement else ""
    if profile.withdrawn:
        since = format_date(profile.withdrawn)
        return f"**No longer listed since {since}.**{end} What was last known of it: {source}"
    return f"{source}{end}"


def _prices(model: Model, as_of: datetime) -> Iterator[str]:
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


def _providers(profile: Profile) -> Iterator[str]:
    """Yield the lines of the providers, none before endpoints were fetched."""
    if not profile.endpoint_data:
        return
    yield from _heading("Who serves it")
    yield from (f"As of {format_datetime(profile.endpoint_data.fetched_at)}.", "")
    if rows := provider_rows(profile):
        # The columns are the fields of a row in order, without the flag at its end.
        yield from _table(
            _PROVIDER_COLUMNS, ((row[0], row.note or "—", *row[2:-1]) for row in rows)
        )
    elif profile.endpoint_data.records:
        yield f"OpenRouter tells who serves `{base_id(profile.model.id)}`, but not this variant."
    else:
        yield "OpenRouter names no provider for it."


def _limits(profile: Profile, catalog: Catalog) -> Iterator[str]:
    model, retirement = profile.model, find_retirement(profile, catalog.as_of)
    day = format_date(retirement.day) if retirement else None
    tokens = "{:,} tokens".format
    return _facts(
        "Context, limits and modalities",
        {
            "Context length": map_optional(tokens, model.context_length),
            "At the primary provider": map_optional(tokens, model.provider_context_length),
            "Longest completion": map_optional(tokens, model.max_completion_tokens),
            "Moderated": {True: "yes", False: "no", None: None}[model.is_moderated],
            "Knowledge until": map_optional(format_date, model.knowledge_cutoff),
            retirement.label if retirement else "Listed until": day,
            "Takes": ", ".join(model.input_modalities),
            "Gives": ", ".join(model.output_modalities),
            "Tokenizer": model.tokenizer,
            "Supported parameters": ", ".join(model.supported_parameters),
        },
    )


def _rank(profile: Profile) -> Iterable[str]:
    ranked = profile.arena_rank
    if ranked is None:
        return ()
    bounds = f"between {ranked.lower:.0f} and {ranked.upper:.0f} with 95 % confidence"
    facts = {
        "Rank": f"{ranked.rank} of {ranked.total}",
        "Rating": f"{ranked.rating:.0f}, {bounds}",
        "Published": map_optional(format_date, ranked.published),
        "Leaderboard name": ranked.name,
    }
    if ranked.other_efforts:
        facts["At other efforts"] = ", ".join(f"{o.rank} {o.effort}" for o in ranked.other_efforts)
    return _facts("Arena rank", facts)


def _history(profile: Profile) -> Iterator[str]:
    yield from _heading("History")
    yield f"First seen here on {format_date(profile.history.first_seen)}."
    if rows := change_rows(profile):
        yield ""
        cells = ((format_date(row.moment), row.fact, row.before, row.after) for row in rows)
        yield from _table(["Seen on", "What", "Before", "After"], cells)


def _heading(text: str) -> tuple[str, ...]:
    return "", f"## {text}", ""


def _facts(title: str, facts: Mapping[str, str | None]) -> Iterator[str]:
    yield from _heading(title)
    for name, value in facts.items():
        yield f"- {name}: {escape_markdown(value or _NOT_PUBLISHED)}"


def _table(columns: Sequence[str], rows: Iterable[Iterable[str | None]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(escape_markdown(cell or _NOT_PUBLISHED) for cell in row)} |"
