"""What the bundled sample holds: facts of stored answers, with sentences of our own.

The newest reading of the list is there whole. Of the older ones there are the models that changed
most often, and some that are listed no longer.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from handler.adapters.arena import LeaderboardFile
from handler.adapters.openrouter.endpoints import EndpointsFile
from handler.adapters.openrouter.models import ModelListFile
from handler.domain.catalog.coverage import Coverage
from handler.domain.catalog.endpoints import compact_endpoints
from handler.domain.catalog.model import Model, parse_model
from handler.domain.catalog.model_history import tracked_facts
from handler.domain.text import RenderedDescription
from scripts.sample_data.descriptions import sentence

# Benchmarks change by the hour, descriptions are their authors' text, and a path for fetching
# more is no use offline.
_FACTS = (
    "id",
    "canonical_slug",
    "hugging_face_id",
    "name",
    "created",
    "context_length",
    "architecture",
    "pricing",
    "top_provider",
    "per_request_limits",
    "supported_parameters",
    "default_parameters",
    "supported_voices",
    "knowledge_cutoff",
    "expiration_date",
    "alias_target",
    "reasoning",
)
_PAST_FACTS = (
    "id",
    "canonical_slug",
    "name",
    "created",
    "context_length",
    "architecture",
    "pricing",
    "expiration_date",
)
_RATING_FACTS = (
    "rank",
    "model_name",
    "organization",
    "rating",
    "rating_lower",
    "rating_upper",
    "vote_count",
)
# A little history: those that changed most often, of those still listed and of those that are not.
_MOST_CHANGED = 40
_MOST_WITHDRAWN = 25

_NO_PROSE = RenderedDescription("", "")


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored list: when it was served, and its models by id."""

    as_of: datetime
    models: Mapping[str, Model]


def stored_list(path: Path, as_of: datetime) -> Stored:
    """Return a stored list that was served at a time."""
    records = ModelListFile(path, path.name).fetch().records
    models = (parse_model(record, _NO_PROSE) for record in records)
    return Stored(as_of, {model.id: model for model in models})


def readings(lists: Sequence[Stored], everything: Stored) -> Iterator[dict[str, Any]]:
    """Yield the readings of the sample, oldest first: the last one whole, the others in part.

    `lists` are of text models, oldest first; `everything` adds those that make something else.
    """
    *past, newest = lists
    told = _changed_most(lists) | _withdrawn(lists)
    for one in past:
        models = [model for model_id, model in one.models.items() if model_id in told]
        yield _reading(one, "text", models, _PAST_FACTS)
    text = Coverage.parse("text")
    others = [m for m in everything.models.values() if not text.includes(m.output_modalities)]
    current = {m.id: m for m in (*newest.models.values(), *others)}
    yield _reading(newest, "all", current.values(), _FACTS)


def endpoints(path: Path, as_of: datetime, model_ids: Sequence[str]) -> dict[str, Any]:
    """Return who serves the models, by id, from stored answers of a time."""
    found = EndpointsFile(path, as_of).fetch(model_ids).responses
    by_model = {details.model_id: compact_endpoints(details.record) for details in found}
    return {"as_of": as_of.isoformat(), "by_model": {i: e for i, e in by_model.items() if e}}


def ratings(path: Path) -> dict[str, Any]:
    """Return the rows of a stored leaderboard, and the day that they are of."""
    fetched = LeaderboardFile(path).fetch()
    rows = [{key: row[key] for key in _RATING_FACTS} for row in fetched.records]
    return {"as_of": fetched.as_of, "rows": rows}


def _reading(
    stored: Stored, covers: str, models: Iterable[Model], names: Sequence[str]
) -> dict[str, Any]:
    records = [_facts(model, names) for model in models]
    return {"as_of": stored.as_of.isoformat(), "covers": covers, "data": records}


def _facts(model: Model, names: Sequence[str]) -> dict[str, Any]:
    facts = {key: model.raw[key] for key in names if key in model.raw}
    return {**facts, "description": sentence(parse_model(facts, _NO_PROSE))}


def _changed_most(lists: Sequence[Stored]) -> set[str]:
    """Return the models of the newest list whose remembered facts differ most often."""
    changes = dict.fromkeys(lists[-1].models, 0)
    for before, after in pairwise(lists):
        for model_id in before.models.keys() & after.models.keys() & changes.keys():
            changes[model_id] += tracked_facts(before.models[model_id]) != tracked_facts(
                after.models[model_id]
            )
    ranked = sorted(changes, key=lambda model_id: (-changes[model_id], model_id))
    return {model_id for model_id in ranked[:_MOST_CHANGED] if changes[model_id]}


def _withdrawn(lists: Sequence[Stored]) -> set[str]:
    """Return the models that were listed longest of those that are listed no longer."""
    *past, newest = lists
    seen: dict[str, int] = {}
    for one in past:
        for model_id in one.models.keys() - newest.models.keys():
            seen[model_id] = seen.get(model_id, 0) + 1
    return set(sorted(seen, key=lambda model_id: (-seen[model_id], model_id))[:_MOST_WITHDRAWN])
