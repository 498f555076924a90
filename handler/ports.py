"""The interfaces through which the services reach the outside, and the values that cross them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

from handler.domain.catalog.coverage import Coverage
from handler.domain.text import RenderedDescription


class FetchedDataset(NamedTuple):
    """The unchecked records of a source, with the body that they came in.

    `label` is the source's name for readers. `body` is as upstream sent it; several pages are on a
    line each. `as_of` is upstream's own text for the time of its data, where it has one.
    """

    records: list[Any]
    label: str
    url: str
    body: bytes
    as_of: str | None = None

    @property
    def sha256(self) -> str:
        """The name under which the body is archived."""
        return sha256(self.body).hexdigest()


class EndpointResponse(NamedTuple):
    """The unchecked record of one model's endpoints, with the body that it came in.

    If upstream does not know the model, `record` is None and the body empty. `fetched_at` is None
    for a response of this moment.
    """

    model_id: str
    record: Any | None
    body: bytes
    fetched_at: datetime | None = None


class EndpointBatch(NamedTuple):
    """The responses of many requests, in the order of the models, and a message for each error."""

    responses: tuple[EndpointResponse, ...]
    errors: tuple[str, ...]


class StoredObject(NamedTuple):
    """A stored body, with the ETag of this version of it."""

    body: bytes
    etag: str


class ObjectStart(NamedTuple):
    """The first bytes of a stored object, its ETag, and its whole size in bytes."""

    body: bytes
    etag: str
    size: int


class ModelListSource(Protocol):
    """A source of the model list."""

    @property
    def coverage(self) -> Coverage:
        """The models that its query can list."""

    def fetch(self) -> FetchedDataset:
        """Return the current list. Raises SourceError or InvalidJson, naming the source."""


class DatasetSource(Protocol):
    """A source of rows about models, fetched as a whole: ranks, or usage."""

    def fetch(self) -> FetchedDataset:
        """Return all current rows. Raises SourceError or InvalidJson, naming the source."""


class EndpointSource(Protocol):
    """A source of endpoints, fetched model by model."""

    @property
    def label(self) -> str:
        """The source's name for readers."""

    @property
    def url(self) -> str:
        """The URL for readers, with `{id}` in the place of a model's id."""

    def fetch(self, model_ids: Sequence[str]) -> EndpointBatch:
        """Request the endpoints of models in this order, as far as the limits allow.

        It never raises for upstream's faults: a model that could not be fetched is missing from the
        responses, and has a message among the errors if it was tried.
        """


START_BYTES = 4 * 1024 * 1024
"""How much of a snapshot is read at first: all of it for up to about 12,000 models."""


class SnapshotReader(Protocol):
    """A store of one snapshot, for reading parts of it."""

    def read_start(self, max_bytes: int, known_etag: str = "") -> ObjectStart | None:
        """Return the beginning of the stored snapshot, None if it still has the known ETag.

        Raises SnapshotMissing if nothing is stored yet, StoreUnavailable if that cannot be known,
        and InvalidSnapshot if the object is empty (a store may return an empty beginning instead).
        """

    def read_range(self, start: int, stop: int, etag: str) -> bytes:
        """Return the bytes from `start` up to `stop` of the snapshot that has an ETag.

        Raises SnapshotReplaced if that snapshot is not stored any more, InvalidSnapshot if it ends
        before `stop`, and StoreUnavailable.
        """


class SnapshotStore(SnapshotReader, Protocol):
    """A store of one snapshot, for many readers and one writer at a time."""

    def read(self) -> StoredObject:
        """Return the whole snapshot. Raises SnapshotMissing or StoreUnavailable."""

    def was_written(self) -> bool:
        """Return whether a snapshot was ever put here, by a marker that outlives it.

        Raises StoreUnavailable.
        """

    def put(self, body: bytes, if_match: str | None) -> str:
        """Replace the snapshot that has an ETag (None: no snapshot), completely or not at all.

        Returns the new ETag. Raises WriteConflict if another snapshot is stored by now, and
        StoreUnavailable if the write is not known to have succeeded.
        """


class Archive(Protocol):
    """A store of fetched bodies for some weeks, so that the numbers of a page can be traced."""

    def put(self, name: str, body: bytes) -> None:
        """Store a body under a name that is derived from it. Raises StoreUnavailable."""


MarkdownRenderer = Callable[[str], RenderedDescription]
"""Turns a Markdown description into plain text and safe HTML."""
