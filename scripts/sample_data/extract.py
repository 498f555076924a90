"""Extracts the bundled sample from stored responses: their facts, with descriptions of our own.

The newest list is included whole. The older ones are cut to the models that changed most often,
and to some that are no longer listed. A list of all modalities adds models with other outputs than
text, as of its own date.
"""

from collections.abc import Iterator, Mapping, Sequence
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
from handler.domain.errors import SourceError
from handler.domain.text import RenderedDescription
from scripts.sample_data.descriptions import describe

# Left out: benchmarks, which change by the hour; descriptions, which belong to their authors; and
# `links`, paths of further API calls that are of no use offline.
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
# How many models get some history: of those that changed, and of those no longer listed.
_MAX_CHANGED = 40
_MAX_WITHDRAWN = 25

_NO_DESCRIPTION = RenderedDescription("", "")


@dataclass(frozen=True, slots=True)
class StoredList:
    """A stored model list: when it was served, and its models by id."""

    as_of: datetime
    models: Mapping[str, Model]


def load_list(path: Path, as_of: datetime) -> StoredList:
    """Return a stored model list that was served at `as_of`."""
    records = ModelListFile(path, path.name).fetch().records
    models = (parse_model(record, _NO_DESCRIPTION) for record in records)
    return StoredList(as_of, {model.id: model for model in models})


def extract_lists(lists: Sequence[StoredList], everything: StoredList) -> Iterator[dict[str, Any]]:
    """Yield the lists of the sample, oldest first: the last one whole, the others in part.

    `lists` are of text models, oldest first. `everything` is older than the last of them, and has
    the models with other outputs whole.
    """
    *past, newest = lists
    with_history = _most_changed(lists) | _withdrawn(lists)
    for one in sorted([*past, everything], key=lambda stored: stored.as_of):
        chosen = [m for m in one.models.values() if m.id in with_history or not _makes_text(m)]
        records = [_facts(m, _PAST_FACTS if _makes_text(m) else _FACTS) for m in chosen]
        yield _list_json(one, "all" if one is everything else "text", records)
    yield _list_json(newest, "text", [_facts(m, _FACTS) for m in newest.models.values()])


def extract_endpoints(path: Path, as_of: datetime, model_ids: Sequence[str]) -> dict[str, Any]:
    """Return the endpoints of these models by id, from responses stored at `as_of`."""
    responses = EndpointsFile(path, as_of).fetch(model_ids).responses
    by_model = {response.model_id: compact_endpoints(response.record) for response in responses}
    return {"as_of": as_of.isoformat(), "by_model": {i: e for i, e in by_model.items() if e}}


def extract_ratings(path: Path) -> dict[str, Any]:
    """Return the rows of a stored leaderboard, and the date of its publication."""
    fetched = LeaderboardFile(path).fetch()
    try:
        rows = [{key: row[key] for key in _RATING_FACTS} for row in fetched.records]
    except (LookupError, TypeError) as error:
        raise SourceError(f"a row of {path} has not all of {', '.join(_RATING_FACTS)}") from error
    return {"as_of": fetched.as_of, "rows": rows}


def _makes_text(model: Model) -> bool:
    return Coverage.parse("text").includes(model.output_modalities)


def _list_json(stored: StoredList, covers: str, records: list[dict[str, Any]]) -> dict[str, Any]:
    return {"as_of": stored.as_of.isoformat(), "covers": covers, "data": records}


def _facts(model: Model, names: Sequence[str]) -> dict[str, Any]:
    facts = {key: model.raw[key] for key in names if key in model.raw}
    return {**facts, "description": describe(parse_model(facts, _NO_DESCRIPTION))}


def _most_changed(lists: Sequence[StoredList]) -> set[str]:
    """Return the models of the newest list whose tracked facts changed most often."""
    changes = dict.fromkeys(lists[-1].models, 0)
    for before, after in pairwise(lists):
        for model_id in before.models.keys() & after.models.keys() & changes.keys():
            changes[model_id] += tracked_facts(before.models[model_id]) != tracked_facts(
                after.models[model_id]
            )
    ranked = sorted(changes, key=lambda model_id: (-changes[model_id], model_id))
    return {model_id for model_id in ranked[:_MAX_CHANGED] if changes[model_id]}


def _withdrawn(lists: Sequence[StoredList]) -> set[str]:
    """Return the models missing from the newest list that most of the older lists have."""
    *past, newest = lists
    appearances: dict[str, int] = {}
    for one in past:
        for model_id in one.models.keys() - newest.models.keys():
            appearances[model_id] = appearances.get(model_id, 0) + 1
    ranked = sorted(appearances, key=lambda model_id: (-appearances[model_id], model_id))
    return set(ranked[:_MAX_WITHDRAWN])
