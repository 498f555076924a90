"""The difference between two catalogs: what a refresh has changed."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.model_history import FACTS, LISTED, ModelHistory
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.timeline import Timeline


class CatalogDiff(NamedTuple):
    """Ids of models that are new, no longer listed, listed again, or have a new event."""

    added: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def diff_catalogs(before: CatalogData | None, after: CatalogData) -> CatalogDiff:
    """Return the difference; without a catalog before, every model is new."""
    known = {profile.model.id: profile for profile in before.profiles} if before else {}
    pairs = [(known[p.model.id], p) for p in after.profiles if p.model.id in known]
    return CatalogDiff(
        added=_ids(p for p in after.profiles if p.model.id not in known),
        withdrawn=_ids(new for old, new in pairs if new.withdrawn and not old.withdrawn),
        returned=_ids(new for old, new in pairs if old.withdrawn and not new.withdrawn),
        changed=_ids(new for old, new in pairs if _changes(old.history) != _changes(new.history)),
    )


def _ids(profiles: Iterable[Profile]) -> tuple[str, ...]:
    return tuple(profile.model.id for profile in profiles)


def _changes(history: ModelHistory) -> Mapping[str, Timeline]:
    """Return the later points of each timeline but LISTED, which the other fields report."""
    return {fact: history.timelines[fact][1:] for fact in FACTS if fact != LISTED}
