"""Turn what a source listed into an observation: each record a model, or a reason why not."""

import json
from datetime import datetime
from typing import Any

from handler.domain.catalog.coverage import Coverage
from handler.domain.catalog.model import Model, parse_model
from handler.domain.catalog.provenance import Provenance
from handler.domain.errors import CatalogRejected, InvalidRecord
from handler.domain.ingest.merge import ObservedModelList
from handler.domain.ingest.reserved_ids import check_not_reserved
from handler.domain.text import RenderedDescription
from handler.ports import FetchedDataset

# Descriptions are rendered once it is known which one is the fullest.
_UNRENDERED = RenderedDescription("", "")
# In bytes of JSON. 3,931 is the largest seen; a page shows all of it, twice.
_MAX_RECORD_BYTES = 65_536


def parse_model_list(
    fetched: FetchedDataset, coverage: Coverage, as_of: datetime
) -> tuple[ObservedModelList, tuple[str, ...]]:
    """Return what was seen at a time, and a sentence for each record that was set aside.

    Raises CatalogRejected where no record can be a model.
    """
    models: dict[str, Model] = {}
    skipped: list[str] = []
    unreadable: set[str] = set()
    for record in fetched.records:
        try:
            model = _check_size(parse_model(record, _UNRENDERED))
            check_not_reserved(model.id)
        except InvalidRecord as error:
            skipped.append(str(error))
            unreadable.add(_record_id(record))
            continue
        if models.setdefault(model.id, model) is not model:
            skipped.append(f"{model.id}: listed twice")
    if not models:
        raise CatalogRejected(f"{fetched.url}: none of its records can be a model: {skipped[0]}")
    provenance = provenance_for(fetched, as_of, as_of, len(fetched.records), len(skipped))
    return ObservedModelList(as_of, coverage, models, frozenset(unreadable), provenance), tuple(
        skipped
    )


def _check_size(model: Model) -> Model:
    size = len(json.dumps(model.raw, ensure_ascii=False).encode())
    if size > _MAX_RECORD_BYTES:
        raise InvalidRecord(
            f"{model.id}: the record has {size:,} bytes, over {_MAX_RECORD_BYTES:,}"
        )
    return model


def provenance_for(
    fetched: FetchedDataset, moment: datetime, as_of: Any, records: int, skipped: int
) -> Provenance:
    """Return where data came from that was fetched at a moment and is as of a time or a day."""
    return Provenance(
        label=fetched.label,
        url=fetched.url,
        fetched_at=moment,
        as_of=as_of,
        sha256=fetched.sha256,
        size_bytes=len(fetched.body),
        records=records,
        skipped=skipped,
    )


def _record_id(record: object) -> str:
    found = record.get("id") if isinstance(record, dict) else None
    return found if isinstance(found, str) else ""
