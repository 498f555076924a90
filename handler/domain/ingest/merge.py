"""Merge a model list into the catalog. Nothing that the catalog has is lost.

The result depends on which lists were merged, not on their order: a list may come late, after
newer ones, or have the same moment as another.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.coverage import Coverage, Reading
from handler.domain.catalog.model import Model
from handler.domain.catalog.model_history import ALIAS_TARGET, PRESENCE
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.provenance import LIST, Provenance
from handler.domain.catalog.timeline import changes
from handler.domain.ingest.history_budget import bound_histories, bound_past_texts
from handler.domain.ingest.observations import add_absence, add_listing, first_profile
from handler.domain.ingest.presence import had_record
from handler.domain.ingest.readings import ReadingLog
from handler.domain.text import MAX_DESCRIPTION_CHARACTERS, RENDERING, RenderedDescription


@dataclass(frozen=True, slots=True)
class ObservedModelList:
    """A model list as it was served at one moment: its models by id, in its order.

    `unreadable_ids` are the ids of records that cannot be models. They count neither as listed
    nor as absent.
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
    check_budget: Callable[[str], None] = lambda _step: None,
) -> CatalogData:
    """Return the catalog with a list merged into it, within the bounds of histories.

    A description is rendered where its text is new, or was left for later. `check_budget` is
    called for each model, and raises if no time is left.
    """
    log = _add_to_log(stored, observed)
    newest = log.newest()[-1]
    describe = partial(_describe, _rendered(stored), render)
    profiles = []
    for profile in _merge_profiles(stored.profiles if stored else (), observed, log):
        check_budget(f"merging {profile.model.id}")
        profiles.append(profile)
    former = _find_former_aliases(profiles)
    profiles = list(bound_past_texts(list(bound_histories(profiles))))
    profiles = [
        profile._replace(
            model=profile.model._replace(description=describe(profile)),
            former_alias=former.get(profile.model.id, profile.former_alias),
            unreadable_at=newest.moment if profile.model.id in newest.unreadable_ids else None,
        )
        for profile in profiles
    ]
    return CatalogData(
        as_of=newest.moment,
        coverage=newest.coverage,
        profiles=tuple(sorted(profiles, key=_catalog_order)),
        sources={**(stored.sources if stored else {}), LIST: _list_source(stored, observed)},
        readings=log.newest(),
        leaderboard=stored.leaderboard if stored else None,
        feed_authority=stored.feed_authority if stored else "",
    )


def _rendered(stored: CatalogData | None) -> Mapping[str, Profile]:
    """Return the stored profiles whose descriptions this renderer has made."""
    if stored is None or stored.rendering != RENDERING:
        return {}
    return {profile.model.id: profile for profile in stored.profiles}


def _describe(
    rendered: Mapping[str, Profile], render: Callable[[str], RenderedDescription], profile: Profile
) -> RenderedDescription:
    text = (profile.markdown or "")[:MAX_DESCRIPTION_CHARACTERS]
    known = rendered.get(profile.model.id)
    if known is None or not known.model.description.html:
        return render(text)
    is_same = (known.markdown or "")[:MAX_DESCRIPTION_CHARACTERS] == text
    return known.model.description if is_same else render(text)


def _add_to_log(stored: CatalogData | None, observed: ObservedModelList) -> ReadingLog:
    """Return the log with the list. A record is readable if any list of its moment has it so."""
    added = Reading(observed.as_of, observed.coverage, observed.unreadable_ids)
    readings = stored.readings if stored else ()
    same = [reading for reading in readings if reading.moment == observed.as_of]
    readable = {
        profile.model.id
        for reading in same
        for profile in (stored.profiles if stored else ())
        if had_record(profile.history.timelines[PRESENCE], profile.model.id, reading)
    }
    return ReadingLog(readings, added, readable | observed.models.keys())


def _merge_profiles(
    profiles: Iterable[Profile], observed: ObservedModelList, log: ReadingLog
) -> Iterator[Profile]:
    positions = {model_id: n for n, model_id in enumerate(observed.models)}
    for profile in profiles:
        model_id = profile.model.id
        if model := observed.models.get(model_id):
            yield add_listing(profile, model, positions.pop(model_id), log)
        else:
            yield add_absence(profile, log)
    for model_id, position in positions.items():
        yield first_profile(observed.models[model_id], position, log)


def _catalog_order(profile: Profile) -> tuple[bool, float, int, str]:
    """Return the sort key: listed models first, the last read first, then in their list's order."""
    is_withdrawn = profile.withdrawn is not None
    return is_withdrawn, -profile.read_at.timestamp(), profile.position, profile.model.id


def _list_source(stored: CatalogData | None, observed: ObservedModelList) -> Provenance:
    """Return the provenance of the newest list; of two of one moment, of the greater hash."""
    if stored is None or observed.as_of > stored.as_of:
        return observed.provenance
    known = stored.sources[LIST]
    is_other = observed.as_of == stored.as_of and observed.provenance.sha256 > known.sha256
    return observed.provenance if is_other else known


def _find_former_aliases(profiles: Iterable[Profile]) -> dict[str, str | None]:
    """Return the alias that left each model for another, None for what it stands for again."""
    moves = [
        (moment, profile.model.id, before, after)
        for profile in profiles
        for moment, before, after in changes(profile.history.timelines[ALIAS_TARGET])
    ]
    former: dict[str, str | None] = {}
    for _, alias, before, after in sorted(moves, key=lambda move: move[:2]):
        if before and after:
            former |= {before: alias, after: None}
    return former
