"""A view of the explorer as a file for spreadsheets."""

import csv
from collections.abc import Iterable
from io import StringIO

from handler.domain.pricing.format import format_decimal
from handler.domain.search.listing import filter_models
from handler.domain.search.query import parse_query
from handler.domain.search.summary import ModelRow
from handler.web.formatting import datetime_from_unix
from handler.web.http.headers import PAGE_CACHE
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.indexes import model_listing
from handler.web.site import Site

CSV = "text/csv; charset=utf-8"
COLUMNS = (
    "id",
    "name",
    "author",
    "price",
    "input_usd_per_million_tokens",
    "output_usd_per_million_tokens",
    "context_tokens",
    "input_modalities",
    "output_modalities",
    "parameters",
    "providers",
    "open_weights",
    "arena_rank",
    "added",
    "withdrawn",
)

# Spreadsheets take what begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_view(site: Site, request: Request) -> CacheableResponse:
    """Answer `/models.csv`: what `/` shows for the same query, all pages of it."""
    listing = model_listing(site, site.catalog.get())
    return export_csv(filter_models(listing.rows, parse_query(request.params())))


def export_csv(rows: Iterable[ModelRow]) -> CacheableResponse:
    """Return these models as CSV (RFC 4180); what is not published is empty."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_plain(value) for value in _values(row)] for row in rows)
    disposition = ("content-disposition", 'attachment; filename="models.csv"')
    return CacheableResponse(
        text.getvalue().encode(), CSV, PAGE_CACHE, extra_headers=(disposition,)
    )


def _values(row: ModelRow) -> tuple[str, ...]:
    prices = (row.input_price, row.output_price)
    return (
        row.id,
        row.name,
        row.author,
        row.price or "",
        *("" if price is None else format_decimal(price) for price in prices),
        str(row.context or ""),
        " ".join(row.inputs),
        " ".join(row.outputs),
        " ".join(row.parameters),
        ", ".join(row.providers.values()),
        "yes" if row.is_open else "no",
        str(row.rank or ""),
        datetime_from_unix(row.created).date().isoformat() if row.created else "",
        row.withdrawn.date().isoformat() if row.withdrawn else "",
    )


def _plain(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
