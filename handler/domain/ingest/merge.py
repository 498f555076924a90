"""Merge a model list into the catalog. Nothing that the catalog has is lost.

A list may come late, after a newer one was merged. It then adds to the past only.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.coverage import Coverage
from handler.domain.catalog.model import Model
from handler.domain.catalog.model_history import (
    matches_latest,
    new_history,
    record_absence,
    record_listing,
)
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.provenance import LIST, Provenance
from handler.domain.text import RenderedDescription

_ELLIPSES = ("...", "…")


@dataclass(frozen=True, slots=True)
class ObservedModelList:
    """A model list as it was served at one moment: its models by id, in its order.

    `unreadable_ids` are the ids of records that cannot be models. They count as listed.
    """

    as_of: datetime
    coverage: Coverage
    models: Mapping[str, Model]
    unreadable_ids: frozenset[str]
    provenance: Provenance


def merge_model_list(
    stored: CatalogData | None,
    observed: ObservedModelList,
    render: Callable[[str], RenderedDescription],
) -> CatalogData:
    """Return the catalog with a list merged into it, and every description rendered again.

    A list that is not newer than the stored one counts as late.
    """
    if stored and observed.as_of <= stored.as_of:
        return stored._replace(profiles=_sort_and_render(_merge_late(stored, observed), render))
    profiles = _sort_and_render(_merge_current(stored, observed), render)
    return CatalogData(
        as_of=observed.as_of,
        coverage=observed.coverage,
        profiles=_with_former_aliases(profiles, stored, observed),
        sources={**(stored.sources if stored else {}), LIST: observed.provenance},
        leaderboard=stored.leaderboard if stored else None,
    )


def _merge_current(stored: CatalogData | None, observed: ObservedModelList) -> Iterator[Profile]:
    profiles = {profile.model.id: profile for profile in stored.profiles} if stored else {}
    previous = stored.as_of if stored else observed.as_of
    for model_id, model in observed.models.items():
        if old := profiles.get(model_id):
            markdown = prefer_untruncated(old.markdown, _markdown(model))
            history = record_listing(old.history, model, observed.as_of, previous)
            yield old._replace(model=model, markdown=markdown, history=history)
        else:
            yield Profile(model, _markdown(model), new_history(model, observed.as_of))
    for model_id, old in profiles.items():
        if model_id not in observed.models:
            yield _unlisted_profile(old, observed, previous)


def _merge_late(stored: CatalogData, observed: ObservedModelList) -> Iterator[Profile]:
    for old in stored.profiles:
        if model := observed.models.get(old.model.id):
            yield _backfill_profile(old, model, observed.as_of, stored.as_of)
        else:
            yield _unlisted_profile(old, observed, stored.as_of)
    stored_ids = {profile.model.id for profile in stored.profiles}
    for model_id, model in observed.models.items():
        if model_id not in stored_ids:
            history = new_history(model, observed.as_of)
            if stored.coverage.includes(model.output_modalities):
                history = record_absence(history, stored.as_of, observed.as_of)
            yield Profile(model, _markdown(model), history)


def _backfill_profile(old: Profile, model: Model, moment: datetime, previous: datetime) -> Profile:
    """Return the profile with a late listing, which may be a withdrawn model's last one."""
    history = record_listing(old.history, model, moment, previous)
    latest = old.model if matches_latest(history, old.model) else model
    markdown = prefer_untruncated(_markdown(model), old.markdown)
    return old._replace(model=latest, markdown=markdown, history=history)


def _unlisted_profile(old: Profile, observed: ObservedModelList, previous: datetime) -> Profile:
    """Return the profile of a model that a list does not have, absent if the list covers it."""
    is_covered = observed.coverage.includes(old.model.output_modalities)
    if not is_covered or old.model.id in observed.unreadable_ids:
        return old
    return old._replace(history=record_absence(old.history, observed.as_of, previous))


def _with_former_aliases(
    profiles: Iterable[Profile], stored: CatalogData | None, observed: ObservedModelList
) -> tuple[Profile, ...]:
    """Return the profiles with the alias that moved on to another model; None for its target."""
    former: dict[str, str | None] = {}
    for old in stored.profiles if stored else ():
        model = observed.models.get(old.model.id)
        old_target, target = old.model.alias_target, model and model.alias_target
        if old_target and target and old_target != target:
            former |= {old_target: old.model.id, target: None}
    return tuple(p._replace(former_alias=former.get(p.model.id, p.former_alias)) for p in profiles)


def _sort_and_render(
    profiles: Iterable[Profile], render: Callable[[str], RenderedDescription]
) -> tuple[Profile, ...]:
    """Return the profiles with rendered descriptions, withdrawn models last."""
    ordered = sorted(profiles, key=lambda profile: profile.withdrawn is not None)
    return tuple(
        p._replace(model=p.model._replace(description=render(p.markdown or ""))) for p in ordered
    )


def _markdown(model: Model) -> str | None:
    text = model.raw.get("description")
    return text if isinstance(text, str) else None


def prefer_untruncated(older: str | None, newer: str | None) -> str | None:
    """Return the newer description, unless it is only the beginning of the older one.

    Since 2026-04 upstream's list ends most of them in "..." after a sentence or two.
    """
    if older and newer and len(newer) <= len(older) and newer.rstrip().endswith(_ELLIPSES):
        return older if _letters(older).startswith(_letters(newer)) else newer
    return newer or older


def _letters(text: str) -> str:
    """Return the letters and digits alone: spaces, quotes and Markdown differ where text is cut."""
    return "".join(filter(str.isalnum, text))
