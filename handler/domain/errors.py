"""Every error this service raises on purpose.

BurgeeError
├── SettingsError        a setting is missing or cannot be read
├── SourceError          an upstream could not be fetched
├── InvalidJson          bytes from outside are not the JSON we accept
├── InvalidRecord        one record of a catalog cannot be a model
├── CatalogRejected       a whole catalog was read, but must not replace the stored one
└── StoreError
    ├── StoreUnavailable the store did not answer, or answered nonsense
    ├── SnapshotMissing  the store is there, and holds no snapshot yet
    ├── InvalidSnapshot  the stored bytes are not a snapshot this code reads
    │   └── UnsupportedSnapshotFormat they are one that newer code wrote
    └── WriteConflict    somebody else wrote first
"""


class BurgeeError(Exception):
    """Says what was attempted, on what, and why it failed."""


class SettingsError(BurgeeError):
    """A setting is missing or cannot be read; the message names its key."""


class SourceError(BurgeeError):
    """An upstream could not be fetched; the message names it."""


class InvalidJson(BurgeeError):
    """Bytes from outside are not the JSON we accept."""


class InvalidRecord(BurgeeError):
    """One record of a catalog cannot be a model."""


class CatalogRejected(BurgeeError):
    """A whole catalog was read, but must not replace the stored one."""


class StoreError(BurgeeError):
    """The store could not do what was asked."""


class StoreUnavailable(StoreError):
    """The store did not answer, or answered nonsense."""


class SnapshotMissing(StoreError):
    """The store is there, and holds no snapshot yet."""


class InvalidSnapshot(StoreError):
    """The stored bytes are not a snapshot this code reads."""


class UnsupportedSnapshotFormat(InvalidSnapshot):
    """The stored bytes are a snapshot that newer code wrote: older code must not replace it."""


class WriteConflict(StoreError):
    """Somebody else wrote the snapshot since it was read."""
