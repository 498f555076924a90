"""The errors that this service raises on purpose.

BurgeeError
├── SettingsError        a setting is missing or cannot be read
├── SourceError          an upstream could not be fetched
│   └── SourceTooLarge   its answer has more bytes or values than there is memory for
├── InvalidJson          untrusted bytes are not JSON that can be used
├── InvalidRecord        one record of a model list cannot be a model
├── CatalogRejected      a model list was read, but must not change the stored catalog
│   └── OverBudget       it would take more time or space than a refresh may
├── InvalidParameter     a query parameter has a value that means nothing
└── StoreError
    ├── StoreUnavailable the store did not respond, or not as it should
    ├── SnapshotMissing  the store has no snapshot yet
    ├── SnapshotGone     the store had a snapshot, and has none
    ├── InvalidSnapshot  the stored bytes are not a snapshot that this code reads
    │   └── UnsupportedSnapshotFormat  newer code wrote the snapshot
    ├── SnapshotReplaced the snapshot of which a part was asked for is not stored any more
    └── WriteConflict    another writer was faster
"""


class BurgeeError(Exception):
    """The base of all errors. A message says what was attempted, on what, and why it failed."""


class SettingsError(BurgeeError):
    """A setting is missing or cannot be read; the message names its key."""


class SourceError(BurgeeError):
    """An upstream could not be fetched; the message names it."""


class SourceTooLarge(SourceError):
    """An upstream's answer has more bytes or values than there is memory for."""


class InvalidJson(BurgeeError):
    """Untrusted bytes are not JSON that can be used; the message names their source."""


class InvalidRecord(BurgeeError):
    """One record of a model list cannot be a model."""


class CatalogRejected(BurgeeError):
    """A model list was read, but must not change the stored catalog."""


class OverBudget(CatalogRejected):
    """A model list would take more time or space than a refresh may. The stored catalog stays."""


class InvalidParameter(BurgeeError):
    """A query parameter has a value that means nothing. `valid` has the valid values in words."""

    def __init__(self, name: str, value: str, valid: str) -> None:
        super().__init__(f"the parameter {name} cannot be {value[:200]!r}, only {valid}")
        self.name, self.value, self.valid = name, value, valid


class StoreError(BurgeeError):
    """The store could not be read or written."""


class StoreUnavailable(StoreError):
    """The store did not respond, or not as it should."""


class SnapshotMissing(StoreError):
    """The store has no snapshot yet."""


class SnapshotGone(StoreError):
    """The store had a snapshot, and has none. A refresh must not start over by itself."""


class InvalidSnapshot(StoreError):
    """The stored bytes are not a snapshot that this code reads."""


class UnsupportedSnapshotFormat(InvalidSnapshot):
    """Newer code wrote the stored snapshot. Older code must not replace it."""


class SnapshotReplaced(StoreError):
    """The snapshot of which a part was asked for is not stored any more."""


class WriteConflict(StoreError):
    """Another writer replaced the snapshot since it was read."""


BAD_SHAPE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What reading our own JSON raises where it does not have the expected shape."""
