"""What the service needs from outside, as the services see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from handler.domain.text import Prose


@dataclass(frozen=True, slots=True)
class Listing:
    """Upstream's records, unchecked, and where they came from (see `catalog.Origin`)."""

    records: list[Any]
    label: str
    url: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes of the store, with the tag by which it knows this version of them."""

    body: bytes
    tag: str


class CatalogSource(Protocol):
    """Somewhere that lists models."""

    def fetch(self) -> Listing:
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
