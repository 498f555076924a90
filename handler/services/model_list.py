"""Turn what a source listed into an observation: each record a model, or a reason why not."""

import json
from datetime import datetime
from typing import Any

from handler.domain.catalog.coverage import Coverage
from handler.domain.catalog.model import Model, model_of
from handler.domain.catalog.provenance import Provenance
from handler.domain.errors import InvalidRecord, RefusedCatalog
from handler.domain.ingest.merge import Observation
from handler.domain.text import Prose
from handler.ports import Fetched

# Descriptions are rendered once it is known which one is the fullest.
_NOT_RENDERED = Prose("", "")
# In bytes of JSON. 3,931 is the largest seen; a page shows all of it, twice.
_LARGEST_RECORD = 65_536


def observation(
    fetched: Fetched, coverage: Coverage, as_of: datetime
) -> tuple[Observation, tuple[str, ...]]:
    """Return what was seen at a time, and a sentence for each record that was set aside.

    Raises RefusedCatalog where no record can be a model.
    """
    models: dict[str, Model] = {}
    set_aside: list[str] = []
    unreadable: set[str] = set()
    for record in fetched.records:
        try:
            model = _checked(model_of(record, _NOT_RENDERED))
        except InvalidRecord as error:
            set_aside.append(str(error))
            unreadable.add(_id(record))
            continue
        if models.setdefault(model.id, model) is not model:
            set_aside.append(f"{model.id}: listed twice")
    if not models:
        raise RefusedCatalog(f"{fetched.url}: none of its records can be a model: {set_aside[0]}")
    origin = provenance(fetched, as_of, as_of, len(fetched.records), len(set_aside))
    return Observation(as_of, coverage, models, frozenset(unreadable), origin), tuple(set_aside)


def _checked(model: Model) -> Model:
    size = len(json.dumps(model.raw, ensure_ascii=False).encode())
    if size > _LARGEST_RECORD:
        raise InvalidRecord(f"{model.id}: the record has {size:,} bytes, over {_LARGEST_RECORD:,}")
    return model


def provenance(
    fetched: Fetched, moment: datetime, as_of: Any, records: int, set_aside: int
) -> Provenance:
    """Return where data came from that was fetched at a moment and is as of a time or a day."""
    return Provenance(
        label=fetched.label,
        url=fetched.url,
        fetched=moment,
        as_of=as_of,
        sha256=fetched.sha256,
        size_bytes=len(fetched.body),
        records=records,
        set_aside=set_aside,
    )


def _id(record: object) -> str:
    found = record.get("id") if isinstance(record, dict) else None
    return found if isinstance(found, str) else ""
