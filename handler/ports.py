"""What the service needs from outside, as the services see it."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

from handler.domain.coverage import Coverage
from handler.domain.text import Prose


@dataclass(frozen=True, slots=True)
class Fetched:
    """Upstream's records, unchecked, with the body they came in and where from.

    `label` is for readers; `body` is as upstream sent it, the pages of several on a line each.
    """

    records: list[Any]
    label: str
    url: str
    body: bytes

    @property
    def sha256(self) -> str:
        """The name under which the body is archived."""
        return sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes of the store, with the tag by which it knows this version of them."""

    body: bytes
    tag: str


class CatalogSource(Protocol):
    """Somewhere that lists models: those that its query covers."""

    @property
    def coverage(self) -> Coverage:
        """Which models it can list."""
        ...

    def fetch(self) -> Fetched:
        """Return all that it lists now. Raises SourceError or InvalidJson, naming the source."""
        ...


class SnapshotReader(Protocol):
    """Somewhere that holds one snapshot."""

    def read(self) -> Stored:
        """Return what is stored.

        Raises SnapshotMissing where nothing is stored yet, StoreUnavailable where it cannot tell.
        """
        ...

    def read_unless(self, known_tag: str) -> Stored | None:
        """Return what is stored, None where it still has the known tag. Raises as `read` does."""
        ...


class SnapshotStore(SnapshotReader, Protocol):
    """Somewhere that keeps one snapshot, for readers and one writer at a time."""

    def write(self, body: bytes, expected_tag: str | None) -> str:
        """Replace the snapshot of the expected tag (None: there is none), whole or not at all.

        Returns the new tag. Raises WriteConflict where another one is stored by now, and
        StoreUnavailable where it is not known to be written.
        """
        ...


RenderProse = Callable[[str], Prose]
"""Turns a Markdown description into plain text and safe HTML."""
