"""The words of the page of changes: its title and entries, and those of feeds."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from handler.domain.catalog.changelog import Change
from handler.domain.catalog.model_history import CONTEXT, EXPIRY, LISTED, NAME, PRICE, Event
from handler.domain.search.change_query import ChangeQuery, find_period
from handler.domain.text import collapse_whitespace
from handler.web.pages.change_rows import rows_for_event

KIND_TITLES = {
    "": "AI model changes",
    PRICE: "Price changes",
    LISTED: "Models added and removed",
    CONTEXT: "Context changes",
    NAME: "Name changes",
    EXPIRY: "Retirement dates",
}
KIND_LABELS = {
    "": "All",
    PRICE: "Prices",
    LISTED: "Added and removed",
    CONTEXT: "Context",
    NAME: "Names",
    EXPIRY: "Retirement dates",
}
PERIOD_LABELS = {
    "7d": "Last 7 days",
    "30d": "Last 30 days",
    "last-month": "Last month",
    "all": "All time",
}


def format_title(query: ChangeQuery, as_of: datetime) -> str:
    """Return "Price changes in July 2026: google" or "AI model changes, last 7 days"."""
    author = f": {query.author}" if query.author else ""
    return f"{KIND_TITLES[query.kind]}{_format_period(query.period, as_of)}{author}"


def format_counts(counts: Mapping[str, int]) -> str:
    """Return "3 prices, 12 added and removed", "" for no changes."""
    labels = [(KIND_LABELS[kind].lower(), counts[kind]) for kind in KIND_TITLES if counts.get(kind)]
    return ", ".join(f"{count:,} {label}" for label, count in labels)


def change_lines(change: Change) -> tuple[str, ...]:
    """Return the lines that say what changed, "Input price $3/M → $2/M, −33%"; () for no words."""
    event = change.event
    if event.fact == LISTED:
        return (listing_words(event),)
    rows = rows_for_event(event, change.model_id, change.outputs)
    return tuple(row.words() for row in rows)


def listing_words(event: Event) -> str:
    """Return what happened to a model: "Listed again" or the like."""
    if event.before is None:
        return "Added to OpenRouter"
    return "Listed again" if event.after else "No longer listed"


def model_name(change: Change) -> str:
    """Return the name of the model in one line."""
    return collapse_whitespace(change.name)


def _format_period(name: str, as_of: datetime) -> str:
    end = find_period(name, as_of).end
    if end:
        return f" in {end - timedelta(days=1):%B %Y}"
    return "" if name == "all" else f", {PERIOD_LABELS[name].lower()}"
