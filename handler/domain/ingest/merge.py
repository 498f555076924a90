"""What a catalog knows after it has read one more list: nothing that was known is lost.

A list may come late, read before one that is merged already. It then adds what it alone knows of
the past, and what is known of the present stays.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from handler.domain.catalog import model_history
from handler.domain.catalog.catalog import Contents
from handler.domain.catalog.coverage import Coverage
from handler.domain.catalog.model import Model
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.provenance import LIST, Provenance
from handler.domain.ingest.descriptions import fullest
from handler.domain.text import Prose


@dataclass(frozen=True, slots=True)
class Observation:
    """One reading of the list: its models by id, in its order.

    `unreadable` are the ids of records that cannot be models: still listed, for all we know.
    """

    as_of: datetime
    coverage: Coverage
    models: Mapping[str, Model]
    unreadable: frozenset[str]
    provenance: Provenance


def merged(known: Contents | None, seen: Observation, render: Callable[[str], Prose]) -> Contents:
    """Return what is known once a list has been seen, every description rendered again.

    A list that is no younger than the one that is known counts as late.
    """
    if known and seen.as_of <= known.as_of:
        return replace(known, profiles=_described(_merged_late(known, seen), render))
    sources = {**(known.sources if known else {}), LIST: seen.provenance}
    profiles = _described(_merged_now(known, seen), render)
    return Contents(
        as_of=seen.as_of,
        coverage=seen.coverage,
        profiles=_succeeded(profiles, _moved_aliases(known, seen)),
        sources=sources,
        leaderboard=known.leaderboard if known else None,
    )


def _merged_now(known: Contents | None, seen: Observation) -> Iterator[Profile]:
    before = _by_id(known.profiles if known else ())
    last_look = known.as_of if known else seen.as_of
    for model_id, model in seen.models.items():
        old = before.get(model_id)
        yield _seen_again(old, model, seen.as_of, last_look) if old else _new(model, seen.as_of)
    for model_id, old in before.items():
        if model_id not in seen.models:
            yield _unless_missed(old, seen, last_look)


def _merged_late(known: Contents, seen: Observation) -> Iterator[Profile]:
    for old in known.profiles:
        model = seen.models.get(old.model.id)
        if model:
            yield _seen_before(old, model, seen.as_of, known.as_of)
        else:
            yield _unless_missed(old, seen, known.as_of)
    before = _by_id(known.profiles)
    for model_id, model in seen.models.items():
        if model_id not in before:
            profile = _new(model, seen.as_of)
            missed = known.coverage.includes(model.output_modalities)
            yield _missed(profile, known.as_of, seen.as_of) if missed else profile


def _new(model: Model, moment: datetime) -> Profile:
    return Profile(model, _markdown(model), model_history.started(model, moment))


def _seen_again(old: Profile, model: Model, moment: datetime, last_look: datetime) -> Profile:
    return replace(
        old,
        model=model,
        markdown=fullest(old.markdown, _markdown(model)),
        history=model_history.seen(old.history, model, moment, last_look),
    )


def _seen_before(old: Profile, model: Model, moment: datetime, last_look: datetime) -> Profile:
    """Return the profile with a late listing, which may be the last one of a withdrawn model."""
    past = model_history.seen(old.history, model, moment, last_look)
    return replace(
        old,
        model=old.model if model_history.ends_in(past, old.model) else model,
        markdown=fullest(_markdown(model), old.markdown),
        history=past,
    )


def _unless_missed(old: Profile, seen: Observation, last_look: datetime) -> Profile:
    """Return the profile of a model that a list does not have, which it may not cover."""
    covered = seen.coverage.includes(old.model.output_modalities)
    if not covered or old.model.id in seen.unreadable:
        return old
    return _missed(old, seen.as_of, last_look)


def _missed(profile: Profile, moment: datetime, last_look: datetime) -> Profile:
    return replace(profile, history=model_history.missed(profile.history, moment, last_look))


def _moved_aliases(known: Contents | None, seen: Observation) -> dict[str, str | None]:
    """Return the alias that left each model for another, None for the one that it came to."""
    moved: dict[str, str | None] = {}
    for old in known.profiles if known else ():
        now = seen.models.get(old.model.id)
        left, reached = old.model.alias_target, now and now.alias_target
        if left and reached and left != reached:
            moved |= {left: old.model.id, reached: None}
    return moved


def _succeeded(profiles: Iterable[Profile], moved: Mapping[str, str | None]) -> tuple[Profile, ...]:
    return tuple(
        replace(profile, once_alias=moved.get(profile.model.id, profile.once_alias))
        for profile in profiles
    )


def _described(profiles: Iterable[Profile], render: Callable[[str], Prose]) -> tuple[Profile, ...]:
    """Return the profiles, withdrawn ones last, each with its fullest description."""
    ordered = sorted(profiles, key=lambda profile: profile.withdrawn is not None)
    return tuple(
        replace(p, model=replace(p.model, description=render(p.markdown or ""))) for p in ordered
    )


def _markdown(model: Model) -> str | None:
    text = model.raw.get("description")
    return text if isinstance(text, str) else None


def _by_id(profiles: Iterable[Profile]) -> dict[str, Profile]:
    return {profile.model.id: profile for profile in profiles}
