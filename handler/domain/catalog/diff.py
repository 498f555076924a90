"""What a refresh has changed, by comparing two catalogs."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.model_history import LISTED, ModelHistory
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.timeline import Timeline


class CatalogDiff(NamedTuple):
    """Ids of models: never seen before, listed no longer, listed again, and with a new event."""

    added: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def diff_catalogs(before: CatalogData | None, after: CatalogData) -> CatalogDiff:
    """Return what the second catalog has that the first had not."""
    old = {profile.model.id: profile for profile in before.profiles} if before else {}
    both = [(old[p.model.id], p) for p in after.profiles if p.model.id in old]
    return CatalogDiff(
        added=_ids(p for p in after.profiles if p.model.id not in old),
        withdrawn=_ids(new for was, new in both if new.withdrawn and not was.withdrawn),
        returned=_ids(new for was, new in both if was.withdrawn and not new.withdrawn),
        changed=_ids(new for was, new in both if _past(was.history) != _past(new.history)),
    )


def _ids(profiles: Iterable[Profile]) -> tuple[str, ...]:
    return tuple(profile.model.id for profile in profiles)


def _past(history: ModelHistory) -> Mapping[str, Timeline]:
    """Return what changed of every fact but being listed."""
    return {fact: points[1:] for fact, points in history.timelines.items() if fact != LISTED}
