"""The outcome of a refresh, with what it counts for alarms and for the log."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from handler.domain.catalog.diff import CatalogDiff

CATALOG_AGE = "CatalogAgeSeconds"

_MAX_LOGGED_MESSAGES = 10


@dataclass(frozen=True, slots=True)
class RefreshResult:
    """The outcome of a refresh.

    `models` counts the models that are listed now. `catalog_as_of` is the moment of the newest list
    in the store. `left_for_later` counts descriptions for whose rendering no time was left.
    `skipped_records` has a reason for each record that could not be read, `warnings` the errors of
    the sources other than the list. `changed` is whether the list changed the store,
    `replaced_corrupt` whether the store held a snapshot that could not be read.
    """

    label: str
    as_of: datetime
    models: int
    changes: CatalogDiff
    skipped_records: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    changed: bool = True
    replaced_corrupt: bool = False
    catalog_as_of: datetime | None = None
    left_for_later: int = 0
    source_states: dict[str, str] = field(default_factory=dict)

    def metrics(self) -> dict[str, int]:
        """Return what alarms count beyond the function's own errors, by name, without zeros.

        CloudWatch bills a custom metric by the hour in which it has a value. The age of the catalog
        is always there: how far the stored list is from this one, in seconds, later or earlier.
        """
        counts = {
            "SourcesStale": sum(state == "stale" for state in self.source_states.values()),
            "SnapshotUnreadable": int(self.replaced_corrupt),
        }
        age = abs(self.as_of - (self.catalog_as_of or self.as_of))
        found = {name: count for name, count in counts.items() if count}
        return {**found, CATALOG_AGE: round(age.total_seconds())}

    def log_fields(self) -> dict[str, Any]:
        """Return counts, and the first messages of each kind, for a log line."""
        return {
            "source": self.label,
            "as_of": self.as_of.isoformat(),
            "models": self.models,
            **{name: len(getattr(self.changes, name)) for name in CatalogDiff._fields},
            "skipped": list(self.skipped_records[:_MAX_LOGGED_MESSAGES]),
            "skipped_count": len(self.skipped_records),
            "warnings": list(self.warnings[:_MAX_LOGGED_MESSAGES]),
            "warnings_count": len(self.warnings),
            "sources": self.source_states,
            "left_for_later": self.left_for_later,
            "written": self.changed,
        }
