"""The models of a view as CSV, for spreadsheets."""

import csv
from collections.abc import Iterable
from decimal import Decimal
from io import StringIO

from handler.domain.pricing.format import format_decimal
from handler.domain.search.listing import filter_models
from handler.domain.search.query import parse_query
from handler.domain.search.summary import ModelRow
from handler.web.formatting import datetime_from_unix
from handler.web.http.headers import PAGE_CACHE
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.indexes import cached_listing
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

# Spreadsheets run a cell that begins with one of these as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_view(site: Site, request: Request) -> CacheableResponse:
    """Answer `/models.csv`: what `/` shows for the same query, all pages of it."""
    listing = cached_listing(site, site.catalog.get())
    return export_csv(filter_models(listing.rows, parse_query(request.params())))


def export_csv(rows: Iterable[ModelRow]) -> CacheableResponse:
    """Return the models as CSV (RFC 4180). A cell is empty where nothing is published."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_escape_formula(value) for value in _values(row)] for row in rows)
    headers = (("content-disposition", 'attachment; filename="models.csv"'),)
    return CacheableResponse(text.getvalue().encode(), CSV, PAGE_CACHE, extra_headers=headers)


def _values(row: ModelRow) -> tuple[str, ...]:
    return (
        row.id,
        row.name,
        row.author,
        row.price or "",
        _format_price(row.input_price),
        _format_price(row.output_price),
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


def _format_price(price: Decimal | None) -> str:
    return "" if price is None else format_decimal(price)


def _escape_formula(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
