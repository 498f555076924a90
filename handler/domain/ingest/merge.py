"""What a catalog knows after it has read one more list: nothing that was known is lost.

A list may come late, read before one that is merged already. It then adds what it alone knows of
the past, and what is known of the present stays.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from handler.domain.catalog import model_history
from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.coverage import Coverage
from handler.domain.catalog.model import Model
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.provenance import LIST, Provenance
from handler.domain.ingest.descriptions import prefer_untruncated
from handler.domain.text import RenderedDescription


@dataclass(frozen=True, slots=True)
class ObservedModelList:
    """One reading of the list: its models by id, in its order.

    `unreadable` are the ids of records that cannot be models: still listed, for all we know.
    """

    as_of: datetime
    coverage: Coverage
    models: Mapping[str, Model]
    unreadable: frozenset[str]
    provenance: Provenance


def merge_model_list(
    known: CatalogData | None, seen: ObservedModelList, render: Callable[[str], RenderedDescription]
) -> CatalogData:
    """Return what is known once a list has been seen, every description rendered again.

    A list that is no younger than the one that is known counts as late.
    """
    if known and seen.as_of <= known.as_of:
        return replace(known, profiles=_with_description(_merge_late(known, seen), render))
    sources = {**(known.sources if known else {}), LIST: seen.provenance}
    profiles = _with_description(_merge_current(known, seen), render)
    return CatalogData(
        as_of=seen.as_of,
        coverage=seen.coverage,
        profiles=_is_superseded(profiles, _moved_aliases(known, seen)),
        sources=sources,
        leaderboard=known.leaderboard if known else None,
    )


def _merge_current(known: CatalogData | None, seen: ObservedModelList) -> Iterator[Profile]:
    before = _by_id(known.profiles if known else ())
    last_look = known.as_of if known else seen.as_of
    for model_id, model in seen.models.items():
        old = before.get(model_id)
        yield _update_profile(old, model, seen.as_of, last_look) if old else _new(model, seen.as_of)
    for model_id, old in before.items():
        if model_id not in seen.models:
            yield _keep_covered(old, seen, last_look)


def _merge_late(known: CatalogData, seen: ObservedModelList) -> Iterator[Profile]:
    for old in known.profiles:
        model = seen.models.get(old.model.id)
        if model:
            yield _backfill_profile(old, model, seen.as_of, known.as_of)
        else:
            yield _keep_covered(old, seen, known.as_of)
    before = _by_id(known.profiles)
    for model_id, model in seen.models.items():
        if model_id not in before:
            profile = _new(model, seen.as_of)
            missed = known.coverage.includes(model.output_modalities)
            yield _mark_absent(profile, known.as_of, seen.as_of) if missed else profile


def _new(model: Model, moment: datetime) -> Profile:
    return Profile(model, _markdown(model), model_history.new_history(model, moment))


def _update_profile(old: Profile, model: Model, moment: datetime, last_look: datetime) -> Profile:
    return old._replace(
        model=model,
        markdown=prefer_untruncated(old.markdown, _markdown(model)),
        history=model_history.record_listing(old.history, model, moment, last_look),
    )


def _backfill_profile(old: Profile, model: Model, moment: datetime, last_look: datetime) -> Profile:
    """Return the profile with a late listing, which may be the last one of a withdrawn model."""
    past = model_history.record_listing(old.history, model, moment, last_look)
    return old._replace(
        model=old.model if model_history.matches_latest(past, old.model) else model,
        markdown=prefer_untruncated(_markdown(model), old.markdown),
        history=past,
    )


def _keep_covered(old: Profile, seen: ObservedModelList, last_look: datetime) -> Profile:
    """Return the profile of a model that a list does not have, which it may not cover."""
    covered = seen.coverage.includes(old.model.output_modalities)
    if not covered or old.model.id in seen.unreadable:
        return old
    return _mark_absent(old, seen.as_of, last_look)


def _mark_absent(profile: Profile, moment: datetime, last_look: datetime) -> Profile:
    return profile._replace(
        history=model_history.record_absence(profile.history, moment, last_look)
    )


def _moved_aliases(known: CatalogData | None, seen: ObservedModelList) -> dict[str, str | None]:
    """Return the alias that left each model for another, None for the one that it came to."""
    moved: dict[str, str | None] = {}
    for old in known.profiles if known else ():
        now = seen.models.get(old.model.id)
        left, reached = old.model.alias_target, now and now.alias_target
        if left and reached and left != reached:
            moved |= {left: old.model.id, reached: None}
    return moved


def _is_superseded(
    profiles: Iterable[Profile], moved: Mapping[str, str | None]
) -> tuple[Profile, ...]:
    return tuple(
        profile._replace(former_alias=moved.get(profile.model.id, profile.former_alias))
        for profile in profiles
    )


def _with_description(
    profiles: Iterable[Profile], render: Callable[[str], RenderedDescription]
) -> tuple[Profile, ...]:
    """Return the profiles, withdrawn ones last, each with its fullest description."""
    ordered = sorted(profiles, key=lambda profile: profile.withdrawn is not None)
    return tuple(
        p._replace(model=p.model._replace(description=render(p.markdown or ""))) for p in ordered
    )


def _markdown(model: Model) -> str | None:
    text = model.raw.get("description")
    return text if isinstance(text, str) else None


def _by_id(profiles: Iterable[Profile]) -> dict[str, Profile]:
    return {profile.model.id: profile for profile in profiles}
