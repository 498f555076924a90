"""One version of the whole catalog: every model that was ever seen, and where it is known from."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from handler.domain.catalog.coverage import Coverage, Reading
from handler.domain.catalog.model import Model
from handler.domain.catalog.model_index import ModelIndex
from handler.domain.catalog.model_lookup import ModelMoved, resolve_author, resolve_model
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.provenance import LIST, Provenance
from handler.domain.errors import InvalidSnapshot
from handler.domain.pricing.price_position import NO_SCALES, PriceScale
from handler.domain.text import RENDERING

_MAX_TRIED = 10

if TYPE_CHECKING:
    from handler.domain.arena.leaderboard import Leaderboard


class CatalogData(NamedTuple):
    """A catalog in full, as a refresh makes it.

    `as_of` and `coverage` are those of the newest list that was read. `sources` has those of
    `provenance.SOURCES` that ever answered. `readings` is the log of the lists that were read,
    oldest first. `rendering` is the version of the renderer that its descriptions are from.
    `feed_authority` is the one that a refresh fixed (see `feed_authority`), "" before.
    """

    as_of: datetime
    coverage: Coverage
    profiles: tuple[Profile, ...]
    sources: Mapping[str, Provenance]
    readings: tuple[Reading, ...]
    leaderboard: "Leaderboard | None" = None
    rendering: int = RENDERING
    feed_authority: str = ""


class RefreshData(NamedTuple):
    """What only a refresh reads of a snapshot."""

    leaderboard: "Leaderboard | None"
    readings: tuple[Reading, ...]
    rendering: int = 0


class SnapshotHeader(NamedTuple):
    """The header of a snapshot, decoded before any model.

    `version` is a hash of the models: the same models have the same version at any time. `run` is
    the id of the refresh that wrote it. `price_scales` are those of `pricing.price_position` by
    kind, none in snapshots that were written before there were any.
    """

    version: str
    run: str
    as_of: datetime
    coverage: Coverage
    sources: Mapping[str, Provenance]
    listed_count: int
    withdrawn_count: int
    price_scales: Mapping[str, PriceScale] = NO_SCALES
    feed_authority: str = ""


class SnapshotParts(Protocol):
    """The parts of a snapshot, each read when it is asked for. All raise InvalidSnapshot.

    The stored forms of lists are the business of `search.listing` and `catalog.changelog`. Older
    formats have none: None is returned then.
    """

    def profile(self, position: int) -> Profile:
        """Return the profile at a position of the index."""

    def listing(self) -> bytes | None:
        """Return what the lists of models show."""

    def changes(self) -> bytes | None:
        """Return the changes of all models."""

    def refresh_data(self) -> RefreshData:
        """Return what only a refresh reads."""


class Catalog:
    """The models of one snapshot, listed and withdrawn, each read only when asked for."""

    def __init__(self, header: SnapshotHeader, index: ModelIndex, parts: SnapshotParts) -> None:
        self.version = header.version
        self.run = header.run
        self.as_of = header.as_of
        self.coverage = header.coverage
        self.sources = header.sources
        self.listed_count = header.listed_count
        self.withdrawn_count = header.withdrawn_count
        self.price_scales = header.price_scales
        self.feed_authority = header.feed_authority
        self.index = index
        self.parts = parts

    @property
    def list_source(self) -> Provenance:
        """Where the list of models came from."""
        return self.sources[LIST]

    @cached_property
    def damage(self) -> str:
        """Why a part that pages read cannot be read, "" if all can that were tried.

        Of the models, _MAX_TRIED are. A refresh tries them all, and rings an alarm.
        """
        total = self.listed_count + self.withdrawn_count
        try:
            self.parts.listing()
            self.parts.changes()
            self.index.named("")
            for position in range(0, total, max(1, total // _MAX_TRIED)):
                self.parts.profile(position)
        except InvalidSnapshot as error:
            return str(error)
        return ""

    def profile(self, model_id: str) -> Profile:
        """Return everything known of a model of this catalog.

        Raises KeyError for any other id, and InvalidSnapshot for a model that cannot be read.
        """
        profile = self.parts.profile(self.index.position(model_id))
        if profile.model.id != model_id:
            raise InvalidSnapshot(f"what is stored of {model_id} is that of {profile.model.id}")
        return profile

    def profiles(self) -> Iterator[Profile]:
        """Return every profile: the listed ones in upstream's order, then the withdrawn ones."""
        return map(self.parts.profile, range(self.listed_count + self.withdrawn_count))

    def readable_profiles(self, errors: list[InvalidSnapshot]) -> Iterator[Profile]:
        """Return every profile that can be read, and add the errors of others to a list."""
        for position in range(self.listed_count + self.withdrawn_count):
            try:
                yield self.parts.profile(position)
            except InvalidSnapshot as error:
                errors.append(error)

    def listed(self) -> Iterator[Model]:
        """Return every model that is listed today, in upstream's order: newest first."""
        return (profile.model for profile in self.profiles() if not profile.withdrawn)

    def load_all(self) -> CatalogData:
        """Return the catalog in full. Raises InvalidSnapshot if any of it cannot be read."""
        return self._data(tuple(self.profiles()), self.parts.refresh_data())

    def load_readable(self) -> tuple[CatalogData, list[InvalidSnapshot]]:
        """Return as much of the catalog as can be read, and an error for each part that cannot."""
        errors: list[InvalidSnapshot] = []
        profiles = tuple(self.readable_profiles(errors))
        try:
            refresh_data = self.parts.refresh_data()
        except InvalidSnapshot as error:
            errors.append(error)
            refresh_data = RefreshData(None, (Reading(self.as_of, self.coverage),))
        return self._data(profiles, refresh_data), errors

    def _data(self, profiles: tuple[Profile, ...], refresh: RefreshData) -> CatalogData:
        return CatalogData(
            self.as_of,
            self.coverage,
            profiles,
            self.sources,
            refresh.readings,
            refresh.leaderboard,
            refresh.rendering,
            self.feed_authority,
        )

    def __contains__(self, model_id: str) -> bool:
        """Return whether the catalog has a model of this id, listed or withdrawn."""
        return model_id in self.index

    def resolve(self, path: str) -> str:
        """Return the id that a path means, canonical or not. Raises ModelNotFound."""
        return resolve_model(self.index, path)

    def find(self, path: str) -> str:
        """Return the id of a canonical path. Raises ModelMoved for an alias, and ModelNotFound."""
        return _canonical(path, self.resolve(path))

    def find_author(self, path: str) -> str:
        """Return the author whose canonical path this is. Raises as `find` does."""
        return _canonical(path, resolve_author(self.index, path))


def _canonical(path: str, name: str) -> str:
    if path != name:
        raise ModelMoved(name)
    return name
