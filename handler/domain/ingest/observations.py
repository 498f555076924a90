"""What one list says of a model, added to what older, newer and equally old lists said."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handler.domain.catalog.model import Model
from handler.domain.catalog.model_history import (
    ALIAS_TARGET,
    CONTEXT,
    EXPIRY,
    NAME,
    PRESENCE,
    PRICE,
    new_history,
    tracked_facts,
    with_listed,
)
from handler.domain.catalog.profile import PastText, Profile, description_of, is_truncated
from handler.domain.catalog.timeline import Timeline, insert_observation, thin, value_at
from handler.domain.ingest.presence import (
    first_presence,
    had_record,
    insert_absence,
    insert_listing,
    next_listing,
)
from handler.domain.ingest.readings import ReadingLog
from handler.domain.text import MAX_DESCRIPTION_CHARACTERS

_RECORD_FACTS = (PRICE, CONTEXT, NAME, EXPIRY, ALIAS_TARGET)
_MAX_PAST_TEXTS = 10


def first_profile(model: Model, position: int, log: ReadingLog) -> Profile:
    """Return the profile of a model that only the added list has, at a position."""
    moment = log.added.moment
    timelines = {**new_history(model, moment).timelines, PRESENCE: first_presence(model.id, log)}
    return Profile(model, with_listed(timelines, model.output_modalities), moment, position)


def add_listing(profile: Profile, model: Model, position: int, log: ReadingLog) -> Profile:
    """Return the profile with the added list, which has the model at a position.

    The newest record is in use. Of two records of one moment, it is the one whose facts, then
    whose fields, are the greater JSON.
    """
    moment, known = log.added.moment, profile.model
    latest, place = (known, profile.position) if moment < profile.read_at else (model, position)
    if moment == profile.read_at:
        latest, place = max(known, model, key=_rank), min(profile.position, position)
    timelines = _add_record(profile, model, log)
    return profile._replace(
        model=latest,
        history=with_listed(timelines, latest.output_modalities),
        read_at=max(profile.read_at, moment),
        position=place,
        past_texts=_add_texts(profile, model, moment, latest),
    )


def add_absence(profile: Profile, log: ReadingLog) -> Profile:
    """Return the profile with the added list, which has no readable record of the model."""
    model, timelines = profile.model, profile.history.timelines
    presence = insert_absence(timelines[PRESENCE], model.id, log)
    if presence is timelines[PRESENCE]:
        return profile
    timelines = {**timelines, PRESENCE: presence}
    return profile._replace(history=with_listed(timelines, model.output_modalities))


def _add_record(profile: Profile, model: Model, log: ReadingLog) -> Mapping[str, Timeline]:
    """Return the timelines with the facts of a record.

    Of two records of one moment with different facts, the greater JSON counts.
    """
    timelines = profile.history.timelines
    moment, facts = log.added.moment, _record_facts(model)
    if log.replaced and had_record(timelines[PRESENCE], model.id, log.replaced):
        stored = {fact: value_at(timelines[fact], moment) for fact in _RECORD_FACTS}
        facts = max(stored, facts, key=_to_text)
    presence = insert_listing(timelines[PRESENCE], model.id, log)
    changed = {
        fact: value
        for fact, value in facts.items()
        if moment < timelines[fact][0].moment or value_at(timelines[fact], moment) != value
    }
    if changed:
        following = next_listing(presence, model.id, log)
        changed = {
            fact: thin(insert_observation(timelines[fact], moment, value, following))
            for fact, value in changed.items()
        }
    return {**timelines, **changed, PRESENCE: presence}


def _record_facts(model: Model) -> dict[str, Any]:
    facts = tracked_facts(model)
    return {fact: facts[fact] for fact in _RECORD_FACTS}


def _rank(model: Model) -> tuple[str, str]:
    return _to_text(_record_facts(model)), _to_text(model.raw)


def _to_text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, sort_keys=True)


def _add_texts(
    profile: Profile, model: Model, moment: datetime, latest: Model
) -> tuple[PastText, ...]:
    """Return the whole descriptions that the model had, without the one of the latest record."""
    seen = {
        past.text[:MAX_DESCRIPTION_CHARACTERS]: past.last_seen
        for past in reversed(profile.past_texts)
    }
    for record, read_at in ((profile.model, profile.read_at), (model, moment)):
        text = description_of(record)
        if text and not is_truncated(text):
            text = text[:MAX_DESCRIPTION_CHARACTERS]
            seen[text] = max(seen.get(text, read_at), read_at)
    seen.pop((description_of(latest) or "")[:MAX_DESCRIPTION_CHARACTERS], None)
    texts = sorted(seen.items(), key=lambda item: (item[1], item[0]), reverse=True)
    return tuple(PastText(*item) for item in texts[:_MAX_PAST_TEXTS])
