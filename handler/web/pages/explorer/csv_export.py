"""The models of a view as CSV, for spreadsheets."""

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Sequence
from decimal import Decimal
from io import BytesIO, TextIOWrapper

from handler.domain.errors import InvalidParameter
from handler.domain.invisible import strip_invisible
from handler.domain.search.listing import filter_models
from handler.domain.search.query import PARAMETERS as QUERY_PARAMETERS
from handler.domain.search.query import parse_query
from handler.domain.search.summary import ModelRow
from handler.domain.search.understand import understand
from handler.domain.search.unread import explain_all
from handler.web.formatting import datetime_from_unix
from handler.web.http.headers import ERROR_CACHE, PAGE_CACHE, TEXT
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.indexes import cached_listing
from handler.web.site import Site

_BOM = "bom"
PARAMETERS = (*QUERY_PARAMETERS, _BOM)
"""Every parameter that is read: those of the explorer, and a request for a byte order mark."""

_COLUMNS: dict[str, Callable[[ModelRow], object]] = {
    "id": lambda row: row.id,
    "name": lambda row: row.name,
    "author": lambda row: row.author,
    "price": lambda row: row.price,
    "input_usd_per_million_tokens": lambda row: row.input_price,
    "output_usd_per_million_tokens": lambda row: row.output_price,
    "cached_input_usd_per_million_tokens": lambda row: row.cache_read_price,
    "blended_usd_per_million_tokens": lambda row: row.blended_price,
    "context_tokens": lambda row: row.context,
    "max_output_tokens": lambda row: row.max_output,
    "input_modalities": lambda row: " ".join(row.inputs),
    "output_modalities": lambda row: " ".join(row.outputs),
    "parameters": lambda row: " ".join(row.parameters),
    "providers": lambda row: ", ".join(row.providers.values()),
    "open_weights": lambda row: "yes" if row.is_open else "no",
    "arena_rank": lambda row: row.rank,
    "added": lambda row: row.created and datetime_from_unix(row.created).date(),
    "withdrawn": lambda row: row.withdrawn and row.withdrawn.date(),
}

_MAX_BYTES = 4_000_000  # Lambda sends 6 MB: more than 5,000 models
# Spreadsheets run a cell that begins with one of these as a formula, in full width too. Some split
# cells at other separators than commas.
_FORMULA = re.compile(r"(^|[;\t\r\n|])(?= ?[=+\-@＝＋－＠])")


def csv_view(site: Site, request: Request) -> CacheableResponse:
    """Answer `/models.csv` (RFC 4180): what `/` shows for the same query, all pages of it.

    With `bom=1` it starts with a byte order mark, without which Excel reads no UTF-8. Raises
    InvalidParameter.
    """
    start = _parse_bom(request.param(_BOM))
    listing = cached_listing(site, site.catalog.get())
    query = understand(parse_query(request.params()), listing)
    if query.unread:
        sentences = f"{explain_all(query)}\n".encode()
        return CacheableResponse(sentences, TEXT, ERROR_CACHE, 400)
    body = start + _build_csv(filter_models(listing.rows, query))
    headers = (("content-disposition", 'attachment; filename="models.csv"'),)
    return CacheableResponse(body, "text/csv; charset=utf-8", PAGE_CACHE, extra_headers=headers)


def _build_csv(rows: Sequence[ModelRow]) -> bytes:
    """Return the rows under a header row, with a note in place of those past _MAX_BYTES."""
    buffer = BytesIO()
    text = TextIOWrapper(buffer, "utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for number, row in enumerate(rows):
        if buffer.tell() > _MAX_BYTES:
            note = f"{len(rows) - number:,} more models: filter this view, or use /api/models"
            writer.writerow([note, *[""] * (len(_COLUMNS) - 1)])
            break
        writer.writerow([_format_cell(get(row)) for get in _COLUMNS.values()])
    return buffer.getvalue()


def _parse_bom(text: str) -> bytes:
    if text not in ("", "0", "1"):
        raise InvalidParameter(_BOM, text, "0, 1")
    return BOM_UTF8 if text == "1" else b""


def _format_cell(value: object) -> str:
    """Return a value as text without an exponent, empty where nothing is published."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return _FORMULA.sub(r"\1'", strip_invisible(str(value or "")))
