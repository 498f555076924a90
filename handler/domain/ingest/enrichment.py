"""What a catalog knows after a source besides the list has answered, or has not."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from handler.domain.arena.leaderboard import Leaderboard
from handler.domain.arena.matches import match_leaderboard
from handler.domain.catalog import provenance
from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.model import Model
from handler.domain.catalog.profile import EndpointData, Profile
from handler.domain.catalog.provenance import ARENA, ENDPOINTS, USAGE, Provenance
from handler.domain.catalog.usage import Usage

CatalogChange = Callable[[CatalogData], CatalogData]
"""What one answer makes of a catalog, whatever the catalog has become in the meantime."""


def apply_leaderboard(
    contents: CatalogData, board: Leaderboard, provenance: Provenance
) -> CatalogData:
    """Return the contents with a newer Arena leaderboard, its names matched to the models."""
    if _is_known(contents, ARENA, provenance):
        return contents
    return apply_arena_ranks(replace(_from(contents, ARENA, provenance), leaderboard=board))


def apply_arena_ranks(contents: CatalogData) -> CatalogData:
    """Return the contents with every model's place on the leaderboard, matched anew."""
    if contents.leaderboard is None:
        return contents
    models = [profile.model for profile in contents.profiles]
    standings = match_leaderboard(contents.leaderboard, models).ranks
    return _each(contents, lambda p: p._replace(arena_rank=standings.get(p.model.id)))


def apply_usage(
    contents: CatalogData, used: Mapping[str, Usage], provenance: Provenance
) -> CatalogData:
    """Return the contents with newer usage, by canonical slug and variant."""
    if _is_known(contents, USAGE, provenance):
        return contents
    fresh = _from(contents, USAGE, provenance)
    return _each(fresh, lambda p: p._replace(usage=used.get(_permanent_slug(p.model))))


def apply_endpoints(
    contents: CatalogData, offers: Mapping[str, EndpointData], provenance: Provenance
) -> CatalogData:
    """Return the contents with newer endpoints of the models that `offers` has, by id."""

    def offered(profile: Profile) -> Profile:
        known, new = profile.endpoint_data, offers.get(profile.model.id)
        if new is None or (known and known.fetched_at > new.fetched_at):
            return profile
        return profile._replace(endpoint_data=new)

    return _each(_from(contents, ENDPOINTS, provenance), offered)


def mark_source_stale(
    contents: CatalogData, source: str, moment: datetime, failure: str
) -> CatalogData:
    """Return the contents with the data of a source that failed marked as stale."""
    last = contents.sources.get(source)
    if last is None or last.fetched_at >= moment:
        return contents
    failing = provenance.mark_stale(last, moment, failure)
    return replace(contents, sources={**contents.sources, source: failing})


def _is_known(contents: CatalogData, source: str, provenance: Provenance) -> bool:
    """Return whether a younger answer of the source is there: two refreshes may overtake."""
    last = contents.sources.get(source)
    return last is not None and last.fetched_at > provenance.fetched_at


def _from(contents: CatalogData, source: str, provenance: Provenance) -> CatalogData:
    return replace(contents, sources={**contents.sources, source: provenance})


def _each(contents: CatalogData, change: Callable[[Profile], Profile]) -> CatalogData:
    return replace(contents, profiles=tuple(map(change, contents.profiles)))


def _permanent_slug(model: Model) -> str:
    """Return what usage is counted under: a variant shares the slug of its base model."""
    _, colon, variant = model.id.partition(":")
    return f"{model.canonical_slug}{colon}{variant}"
