"""The cells of a table of models."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from handler.domain.formatting import format_modalities, format_token_count
from handler.domain.pricing.format import format_usd
from handler.domain.search.summary import ModelRow
from handler.web.formatting import datetime_from_unix, map_optional


class TableRow(NamedTuple):
    """A model as text, with None for values that are not published.

    `price` has all that is billed, where that is more than tokens in and out.
    """

    id: str
    name: str
    price: str | None
    input: str | None
    output: str | None
    context: str | None
    takes_and_gives: str | None
    rank: int | None
    added: datetime | None
    withdrawn: datetime | None
    is_new: bool


def table_rows(rows: Iterable[ModelRow]) -> list[TableRow]:
    """Return the rows of models in the same order."""
    return [_table_row(row) for row in rows]


def _table_row(row: ModelRow) -> TableRow:
    modalities = format_modalities(row.inputs, row.outputs)
    return TableRow(
        id=row.id,
        name=row.name,
        price=None if row.is_by_token and not row.fee else row.price or "",
        input=_format_amount(row.input_price, row),
        output=_format_amount(row.output_price, row),
        context=map_optional(format_token_count, row.context),
        takes_and_gives=modalities and modalities.replace("+", ", "),
        rank=row.rank,
        added=map_optional(datetime_from_unix, row.created),
        withdrawn=row.withdrawn,
        is_new=row.is_new,
    )


def _format_amount(amount: Decimal | None, row: ModelRow) -> str | None:
    if amount is None or not row.is_by_token:
        return None
    if row.is_free:
        return "Free"
    return f"from {format_usd(amount)}" if row.is_tiered else format_usd(amount)
