"""The stored form of a listing: a line for the choices of filters, then one for each column.

A column has its distinct values, and for each model the number of its value: most facts are shared
by many models, so that few values are parsed and kept.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_index import to_lines
from handler.domain.errors import BAD_SHAPE, InvalidSnapshot
from handler.domain.pricing.types import PricingKind
from handler.domain.search.filter import DisplayNames
from handler.domain.search.listing import MAX_FACET_VALUES, FacetValue, ModelListing, build_listing
from handler.domain.search.model_rows import ModelRows
from handler.domain.search.summary import ModelRow


class _Form(NamedTuple):
    """How the values of a column become JSON, and how JSON becomes values."""

    to_json: Callable[[Any], Any] = lambda value: value
    from_json: Callable[[Any], Any] = lambda value: value


def _optional(to_json: Callable[[Any], Any], from_json: Callable[[Any], Any]) -> _Form:
    """Return a form that keeps None."""
    return _Form(
        lambda value: None if value is None else to_json(value),
        lambda value: None if value is None else from_json(value),
    )


_PLAIN = _Form()
_WORDS = _Form(list, tuple)
_AMOUNT = _optional(str, Decimal)
_MOMENT = _optional(datetime.isoformat, datetime.fromisoformat)
_FORMS = {
    "kind": _Form(lambda kind: kind.value, PricingKind),
    "input_price": _AMOUNT,
    "output_price": _AMOUNT,
    "cache_read_price": _AMOUNT,
    "blended_price": _AMOUNT,
    "inputs": _WORDS,
    "outputs": _WORDS,
    "parameters": _WORDS,
    "read_at": _MOMENT,
    "changed": _MOMENT,
    "withdrawn": _MOMENT,
}


def to_text(listing: ModelListing) -> bytes:
    """Return the stored form of a listing."""
    names = listing.names
    choices = {"facets": listing.facets, "authors": names.authors, "providers": names.providers}
    columns = zip(*listing.rows, strict=True) if listing.rows else [() for _ in ModelRow._fields]
    stored = [
        [name, *_encode_column(values, _FORMS.get(name, _PLAIN))]
        for name, values in zip(ModelRow._fields, columns, strict=True)
    ]
    return to_lines([choices, *stored])


def load_listing(catalog: Catalog) -> ModelListing:
    """Return the listing of a catalog.

    It is built from the readable profiles where the snapshot has none, or one from before a column
    of today was stored.

    Raises InvalidSnapshot if it cannot be read.
    """
    text = catalog.parts.listing()
    try:
        stored = None if text is None else from_text(text)
    except BAD_SHAPE as error:
        raise InvalidSnapshot(f"the list of models cannot be read: {error!r}") from error
    return stored or build_listing(catalog.readable_profiles([]), catalog.as_of)


def from_text(text: bytes) -> ModelListing | None:
    """Return the listing of its stored form, None if it is older than a column of today.

    Raises KeyError, TypeError, ValueError, ....
    """
    first, *lines = text.splitlines()
    choices = json.loads(first)
    columns = dict(_decode_column(*json.loads(line)) for line in lines)
    if "id" in columns and not columns.keys() >= set(ModelRow._fields):
        return None
    rows = ModelRows(map(ModelRow, *(columns[name] for name in ModelRow._fields)))
    facets = {
        name: tuple(map(FacetValue._make, values[:MAX_FACET_VALUES]))
        for name, values in choices["facets"].items()
    }
    return ModelListing(rows, facets, DisplayNames(choices["authors"], choices["providers"]))


def _encode_column(values: Iterable[Any], form: _Form) -> tuple[list[Any], list[int]]:
    """Return the distinct values as JSON, and the number of each model's value."""
    distinct: dict[str, tuple[int, Any]] = {}
    numbers = []
    for value in values:
        stored = form.to_json(value)
        number, _ = distinct.setdefault(json.dumps(stored), (len(distinct), stored))
        numbers.append(number)
    return [stored for _, stored in distinct.values()], numbers


def _decode_column(name: str, distinct: Sequence[Any], numbers: Sequence[int]) -> tuple[str, Any]:
    values = list(map(_FORMS.get(name, _PLAIN).from_json, distinct))
    return name, map(values.__getitem__, numbers)
