"""Parse a fetched model list: each record becomes a model, or is skipped with a reason."""

import json
from datetime import date, datetime
from typing import Any

from handler.domain.catalog.coverage import Coverage
from handler.domain.catalog.model import Model, is_model_id, parse_model
from handler.domain.catalog.provenance import Provenance
from handler.domain.errors import CatalogRejected, InvalidRecord
from handler.domain.ingest.merge import ObservedModelList
from handler.domain.ingest.reserved_ids import check_not_reserved
from handler.domain.text import RenderedDescription
from handler.ports import FetchedDataset

# Descriptions are rendered after merging, which chooses between the old and the new one.
_UNRENDERED = RenderedDescription("", "")
# In bytes of JSON. The largest real record has 3,931. A page shows all of it, twice.
_MAX_RECORD_BYTES = 65_536
# The largest real record has 207. An empty object takes 64 bytes of memory, and two of text.
_MAX_RECORD_VALUES = 1_000


def parse_model_list(
    fetched: FetchedDataset, coverage: Coverage, as_of: datetime
) -> tuple[ObservedModelList, tuple[str, ...]]:
    """Return the models of a list, and a reason for each skipped record. Raises CatalogRejected."""
    models: dict[str, Model] = {}
    skipped: list[str] = []
    unreadable_ids: set[str] = set()
    for record in fetched.records:
        try:
            _check_size(record)
            model = parse_model(record, _UNRENDERED)
            check_not_reserved(model.id)
        except InvalidRecord as error:
            skipped.append(str(error))
            unreadable_ids |= _record_ids(record)
            continue
        if models.setdefault(model.id, model) is not model:
            skipped.append(f"{model.id}: listed twice")
    if not models:
        raise CatalogRejected(f"{fetched.url}: none of its records can be a model: {skipped[0]}")
    provenance = provenance_for(fetched, as_of, as_of, len(fetched.records), len(skipped))
    observed = ObservedModelList(as_of, coverage, models, frozenset(unreadable_ids), provenance)
    return observed, tuple(skipped)


def _check_size(record: Any) -> None:
    """Raise InvalidRecord for a record that is too large as text or, of small values, in memory."""
    size, maximum = len(json.dumps(record, ensure_ascii=False).encode()), _MAX_RECORD_BYTES
    if size > maximum:
        name = next(iter(_record_ids(record)), "a record without an id")
        raise InvalidRecord(f"{name}: the record has {size:,} bytes, over {maximum:,}")
    if (values := _count_values(record)) > _MAX_RECORD_VALUES:
        name = next(iter(_record_ids(record)), "a record without an id")
        raise InvalidRecord(
            f"{name}: the record has {values:,} values, over {_MAX_RECORD_VALUES:,}"
        )


def _count_values(value: Any) -> int:
    items = value.values() if isinstance(value, dict) else value
    return 1 + sum(map(_count_values, items)) if isinstance(value, dict | list) else 1


def provenance_for(
    fetched: FetchedDataset, fetched_at: datetime, as_of: date, records: int, skipped: int
) -> Provenance:
    """Return the provenance of fetched data. `as_of` is a time, or a date for dated data sets."""
    return Provenance(
        label=fetched.label,
        url=fetched.url,
        fetched_at=fetched_at,
        as_of=as_of,
        sha256=fetched.sha256,
        size_bytes=len(fetched.body),
        records=records,
        skipped=skipped,
    )


def _record_ids(record: Any) -> set[str]:
    """Return the id of a record, none where it can be the id of no model."""
    model_id = record.get("id") if isinstance(record, dict) else None
    return {model_id} if isinstance(model_id, str) and is_model_id(model_id) else set()
