"""One version of the whole catalog: every model that was ever seen, and where it is known from."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from handler.domain.arena.leaderboard import Leaderboard
from handler.domain.catalog.coverage import Coverage, Reading
from handler.domain.catalog.model import Model
from handler.domain.catalog.model_lookup import (
    IndexEntry,
    ModelMoved,
    ModelResolver,
    resolve_author,
)
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.provenance import LIST, Provenance


class CatalogData(NamedTuple):
    """A catalog in full, as a refresh makes it.

    `as_of` and `coverage` are those of the newest list that was read. `sources` has those of
    `provenance.SOURCES` that ever answered. `readings` is the log of the lists that were read,
    oldest first.
    """

    as_of: datetime
    coverage: Coverage
    profiles: tuple[Profile, ...]
    sources: Mapping[str, Provenance]
    readings: tuple[Reading, ...]
    leaderboard: Leaderboard | None = None


class RefreshData(NamedTuple):
    """What only a refresh reads of a snapshot."""

    leaderboard: Leaderboard | None
    readings: tuple[Reading, ...]


class SnapshotHeader(NamedTuple):
    """The header of a snapshot, decoded before any model.

    `version` is a hash of the models: the same models have the same version at any time. `run` is
    the id of the refresh that wrote it.
    """

    version: str
    run: str
    as_of: datetime
    coverage: Coverage
    entries: Sequence[IndexEntry]
    sources: Mapping[str, Provenance] = MappingProxyType({})


class Catalog:
    """The models of one snapshot, listed and withdrawn, each read only when asked for."""

    def __init__(
        self,
        header: SnapshotHeader,
        read: Callable[[int], Profile],
        read_refresh_data: Callable[[], RefreshData],
    ) -> None:
        self.version = header.version
        self.run = header.run
        self.as_of = header.as_of
        self.coverage = header.coverage
        self.sources = header.sources
        self.entries = header.entries
        self._read = read
        self._read_refresh_data = read_refresh_data

    @property
    def list_source(self) -> Provenance:
        """Where the list of models came from."""
        return self.sources[LIST]

    def profile(self, model_id: str) -> Profile:
        """Return everything known of a model of this catalog. Raises KeyError for any other id."""
        return self._read(self._positions[model_id])

    def profiles(self) -> Iterator[Profile]:
        """Return every profile: the listed ones in upstream's order, then the withdrawn ones."""
        return map(self._read, range(len(self.entries)))

    def listed(self) -> Iterator[Model]:
        """Return every model that is listed today, in upstream's order: newest first."""
        positions = (n for n, entry in enumerate(self.entries) if not entry.withdrawn)
        return (self._read(position).model for position in positions)

    def load_all(self) -> CatalogData:
        """Return the catalog in full: every record decoded."""
        profiles, (board, readings) = tuple(self.profiles()), self._read_refresh_data()
        return CatalogData(self.as_of, self.coverage, profiles, self.sources, readings, board)

    def __contains__(self, model_id: str) -> bool:
        """Return whether the catalog has a model of this id, listed or withdrawn."""
        return model_id in self._positions

    def resolve(self, path: str) -> str:
        """Return the id that a path means, canonical or not. Raises ModelNotFound."""
        return self._resolver.resolve(path)

    def find(self, path: str) -> str:
        """Return the id of a canonical path. Raises ModelMoved for an alias, and ModelNotFound."""
        return _canonical(path, self.resolve(path))

    def find_author(self, path: str) -> str:
        """Return the author whose canonical path this is. Raises as `find` does."""
        return _canonical(path, resolve_author(self.entries, path))

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {entry.id: position for position, entry in enumerate(self.entries)}

    @cached_property
    def _resolver(self) -> ModelResolver:
        return ModelResolver(self.entries)


def _canonical(path: str, name: str) -> str:
    if path != name:
        raise ModelMoved(name)
    return name
