"""The cells of a table of models."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from handler.domain.formatting import format_token_count
from handler.domain.pricing.format import format_usd
from handler.domain.search.summary import ModelRow
from handler.web.formatting import datetime_from_unix, map_optional

STYLESHEET = "explorer.css"
"""The style sheet of pages with this table."""


class TableRow(NamedTuple):
    """A model as text, with None for values that are not published.

    `price` has all that is billed, where that is more than tokens in and out.
    """

    id: str
    name: str
    price: str | None
    input: str | None
    output: str | None
    cached: str | None
    blended: str | None
    context: str | None
    max_output: str | None
    providers: int | None
    rank: int | None
    added: datetime | None
    withdrawn: datetime | None
    is_new: bool
    is_changed: bool

    @property
    def details(self) -> tuple[object, ...]:
        """The cells after those of input and output, empty where nothing is published."""
        added = self.added and f"{self.added:%b %Y}"
        cells = (self.cached, self.blended, self.context, self.max_output, self.providers)
        return tuple(cell or "" for cell in (*cells, self.rank, added))


def table_rows(rows: Iterable[ModelRow]) -> list[TableRow]:
    """Return the rows of models in the same order."""
    return [_table_row(row) for row in rows]


def _table_row(row: ModelRow) -> TableRow:
    return TableRow(
        id=row.id,
        name=row.name,
        price=None if row.is_by_token and not row.fee else row.price or "",
        input=_format_amount(row.input_price, row),
        output=_format_amount(row.output_price, row),
        cached=_format_amount(row.cache_read_price, row),
        blended=_format_amount(row.blended_price, row),
        context=map_optional(format_token_count, row.context),
        max_output=map_optional(format_token_count, row.max_output),
        providers=row.provider_count,
        rank=row.rank,
        added=map_optional(datetime_from_unix, row.created),
        withdrawn=row.withdrawn,
        is_new=row.is_new,
        is_changed=row.is_changed,
    )


def _format_amount(amount: Decimal | None, row: ModelRow) -> str | None:
    if amount is None or not row.is_by_token:
        return None
    if row.is_free:
        return "Free"
    return f"from {format_usd(amount)}" if row.is_tiered else format_usd(amount)
