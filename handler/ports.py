"""What the service needs from outside, as the services see it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

from handler.domain.catalog.coverage import Coverage
from handler.domain.text import RenderedDescription


class FetchedDataset(NamedTuple):
    """Upstream's records, unchecked, with the body they came in and where from.

    `label` is for readers; `body` is as upstream sent it, the pages of several on a line each;
    `as_of` is upstream's own word for when its data is from, where it has one.
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
    """What upstream says of one model, unchecked, with the body it came in.

    `record` is None, and the body empty, where upstream knows no such model. `asked` is when it
    said so, None for just now.
    """

    model_id: str
    record: Any | None
    body: bytes
    fetched_at: datetime | None = None


class EndpointBatch(NamedTuple):
    """What a round of calls found, in the order it was asked for; a sentence for each failure."""

    responses: tuple[EndpointResponse, ...]
    errors: tuple[str, ...]


class StoredObject(NamedTuple):
    """Bytes of the store, with the tag by which it knows this version of them."""

    body: bytes
    etag: str


class ModelListSource(Protocol):
    """Somewhere that lists models: those that its query covers."""

    @property
    def coverage(self) -> Coverage:
        """Which models it can list."""
        ...

    def fetch(self) -> FetchedDataset:
        """Return all that it lists now. Raises SourceError or InvalidJson, naming the source."""
        ...


class DatasetSource(Protocol):
    """Somewhere that publishes rows about models, all of them at once: ranks, or usage."""

    def fetch(self) -> FetchedDataset:
        """Return all rows of now. Raises SourceError or InvalidJson, naming the source."""
        ...


class EndpointSource(Protocol):
    """Somewhere that tells more of one model at a time, such as who serves it."""

    @property
    def label(self) -> str:
        """Its name, for readers."""
        ...

    @property
    def url(self) -> str:
        """Where it is asked, for readers: an address with `{id}` in it."""
        ...

    def fetch(self, model_ids: Sequence[str]) -> EndpointBatch:
        """Ask for models in this order, as many as time and calls allow.

        Never raises for what upstream does: a model that could not be asked for is missing, with a
        sentence among the failures if it was tried.
        """
        ...


class SnapshotReader(Protocol):
    """Somewhere that holds one snapshot."""

    def read(self) -> StoredObject:
        """Return what is stored.

        Raises SnapshotMissing where nothing is stored yet, StoreUnavailable where it cannot tell.
        """
        ...

    def read_if_changed(self, etag: str) -> StoredObject | None:
        """Return what is stored, None where it still has the known tag. Raises as `read` does."""
        ...


class SnapshotStore(SnapshotReader, Protocol):
    """Somewhere that keeps one snapshot, for readers and one writer at a time."""

    def put(self, body: bytes, if_match: str | None) -> str:
        """Replace the snapshot of the expected tag (None: there is none), whole or not at all.

        Returns the new tag. Raises WriteConflict where another one is stored by now, and
        StoreUnavailable where it is not known to be written.
        """
        ...


class Archive(Protocol):
    """Somewhere that keeps bodies for some weeks, so that any page can be explained."""

    def put(self, name: str, body: bytes) -> None:
        """Keep a body under its name, which says what it is. Raises StoreUnavailable."""
        ...


MarkdownRenderer = Callable[[str], RenderedDescription]
"""Turns a Markdown description into plain text and safe HTML."""
