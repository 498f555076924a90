"""Refresh the catalog: fetch, check, compare, write."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from handler.domain import snapshot
from handler.domain.catalog import Catalog, Origin
from handler.domain.errors import (
    InvalidRecord,
    InvalidSnapshot,
    RefusedCatalog,
    SnapshotMissing,
    WriteConflict,
)
from handler.domain.gates import Gates, check
from handler.domain.model import Model, model_of
from handler.ports import CatalogSource, Fetched, RenderProse, SnapshotStore

_MOST_ATTEMPTS = 5
_REASONS_SHOWN = 10

# Fields that change almost every hour and that no preview is about.
_VOLATILE = frozenset({"benchmarks"})


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh found: ids that came, went or changed, and the records that it set aside."""

    label: str
    as_of: datetime
    models: int
    added: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]
    set_aside: tuple[str, ...]
    written: bool

    def summary(self) -> dict[str, Any]:
        """Return the counts, and the first reasons why records were set aside, for a log line."""
        return {
            "source": self.label,
            "as_of": self.as_of.isoformat(),
            "models": self.models,
            "added": len(self.added),
            "gone": len(self.gone),
            "changed": len(self.changed),
            "set_aside": list(self.set_aside[:_REASONS_SHOWN]),
            "set_aside_count": len(self.set_aside),
            "written": self.written,
        }


def refresh_catalog(
    source: CatalogSource,
    store: SnapshotStore,
    render_prose: RenderProse,
    as_of: datetime,
    gates: Gates | None,
    progress: Callable[[str], None],
) -> Refreshed:
    """Replace the stored catalog by what the source lists, observed at `as_of`, to the second.

    An observation older than the stored one changes nothing. `gates=None` lets any catalog
    replace the stored one, whatever it lost and however old it is. `progress` is told each step.
    Raises SourceError, InvalidJson, RefusedCatalog or StoreError; the stored catalog then stays.
    """
    as_of = as_of.replace(microsecond=0)  # HTML's times have milliseconds at most
    progress("fetching the list of models")
    listing = source.fetch()
    progress(f"{len(listing.records)} records in {len(listing.body):,} bytes: reading them")
    models, set_aside = _models(listing, render_prose)
    if not models:
        raise RefusedCatalog(f"{listing.url}: none of its records can be a model: {set_aside[0]}")
    body = snapshot.encode(models, as_of, _origin(listing, len(set_aside)))
    progress("comparing and writing")
    for _ in range(_MOST_ATTEMPTS):
        before, tag = _stored_catalog(store)
        report = _compare(before, models, listing.label, as_of, set_aside)
        if gates and before and before.as_of > as_of:
            return report
        if gates:
            check(gates, _known_ids(before), {model.id for model in models}, len(set_aside))
        with suppress(WriteConflict):
            store.write(body, tag)
            return replace(report, written=True)
    raise WriteConflict(f"another writer was faster {_MOST_ATTEMPTS} times: nothing was written")


def _models(listing: Fetched, render_prose: RenderProse) -> tuple[list[Model], tuple[str, ...]]:
    """Return one model for each usable record, and a sentence for each that was set aside."""
    models: dict[str, Model] = {}
    set_aside: list[str] = []
    for record in listing.records:
        try:
            model = model_of(record, render_prose(_description(record)))
        except InvalidRecord as error:
            set_aside.append(str(error))
            continue
        if models.setdefault(model.id, model) is not model:
            set_aside.append(f"{model.id}: listed twice")
    return list(models.values()), tuple(set_aside)


def _description(record: object) -> str:
    text = record.get("description") if isinstance(record, dict) else None
    return text if isinstance(text, str) else ""


def _origin(listing: Fetched, set_aside: int) -> Origin:
    return Origin(
        label=listing.label,
        url=listing.url,
        sha256=listing.sha256,
        size_bytes=len(listing.body),
        records=len(listing.records),
        set_aside=set_aside,
    )


def _stored_catalog(store: SnapshotStore) -> tuple[Catalog | None, str | None]:
    """Return what is stored and its tag. A snapshot that cannot be read is there to be replaced."""
    try:
        stored = store.read()
    except SnapshotMissing:
        return None, None
    try:
        return snapshot.decode(stored.body), stored.tag
    except InvalidSnapshot:
        return None, stored.tag


def _known_ids(catalog: Catalog | None) -> list[str]:
    return [entry.id for entry in catalog.entries] if catalog else []


def _compare(
    before: Catalog | None,
    models: list[Model],
    label: str,
    as_of: datetime,
    set_aside: tuple[str, ...],
) -> Refreshed:
    old = {model.id: _steady(model.raw) for model in before.models()} if before else {}
    new = {model.id: _steady(model.raw) for model in models}
    return Refreshed(
        label=label,
        as_of=as_of,
        models=len(new),
        added=tuple(i for i in new if i not in old),
        gone=tuple(i for i in old if i not in new),
        changed=tuple(i for i in new if i in old and new[i] != old[i]),
        set_aside=set_aside,
        written=False,
    )


def _steady(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in raw.items() if key not in _VOLATILE}
