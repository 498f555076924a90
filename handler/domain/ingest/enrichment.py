"""What the sources other than the model list add to a catalog, and what their failures mark."""

from collections.abc import Callable, Mapping
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
"""The change that one response makes to a catalog, whatever the catalog has become meanwhile."""


def apply_leaderboard(
    catalog: CatalogData, board: Leaderboard, provenance: Provenance
) -> CatalogData:
    """Return the catalog with a newer Arena leaderboard, matched to its models."""
    if _is_outdated(catalog, ARENA, provenance):
        return catalog
    return apply_arena_ranks(_with_source(catalog, ARENA, provenance)._replace(leaderboard=board))


def apply_arena_ranks(catalog: CatalogData) -> CatalogData:
    """Return the catalog with every model's rank on its leaderboard, matched anew."""
    if catalog.leaderboard is None:
        return catalog
    models = [profile.model for profile in catalog.profiles]
    ranks = match_leaderboard(catalog.leaderboard, models).ranks
    return _map_profiles(catalog, lambda p: p._replace(arena_rank=ranks.get(p.model.id)))


def apply_usage(
    catalog: CatalogData, usage: Mapping[str, Usage], provenance: Provenance
) -> CatalogData:
    """Return the catalog with newer usage, by canonical slug and variant."""
    if _is_outdated(catalog, USAGE, provenance):
        return catalog
    updated = _with_source(catalog, USAGE, provenance)
    return _map_profiles(updated, lambda p: p._replace(usage=usage.get(_usage_key(p.model))))


def apply_endpoints(
    catalog: CatalogData, endpoints: Mapping[str, EndpointData], provenance: Provenance
) -> CatalogData:
    """Return the catalog with newer endpoints of models, by id. Other models keep theirs."""

    def update(profile: Profile) -> Profile:
        old, new = profile.endpoint_data, endpoints.get(profile.model.id)
        if new is None or (old and old.fetched_at > new.fetched_at):
            return profile
        return profile._replace(endpoint_data=new)

    return _map_profiles(_with_source(catalog, ENDPOINTS, provenance), update)


def mark_source_stale(
    catalog: CatalogData, source: str, moment: datetime, failure: str
) -> CatalogData:
    """Return the catalog with the data of a source that failed at a moment marked as stale."""
    last = catalog.sources.get(source)
    if last is None or last.fetched_at >= moment:
        return catalog
    return _with_source(catalog, source, provenance.mark_stale(last, moment, failure))


def _is_outdated(catalog: CatalogData, source: str, provenance: Provenance) -> bool:
    """Return whether the catalog has a newer response: a refresh may overtake another."""
    last = catalog.sources.get(source)
    return last is not None and last.fetched_at > provenance.fetched_at


def _with_source(catalog: CatalogData, source: str, provenance: Provenance) -> CatalogData:
    return catalog._replace(sources={**catalog.sources, source: provenance})


def _map_profiles(catalog: CatalogData, change: Callable[[Profile], Profile]) -> CatalogData:
    return catalog._replace(profiles=tuple(map(change, catalog.profiles)))


def _usage_key(model: Model) -> str:
    """Return the id that usage is counted under: a variant shares its base model's slug."""
    _, colon, variant = model.id.partition(":")
    return f"{model.canonical_slug}{colon}{variant}"
