"""A profile: everything known about one model, from the model list and other sources."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from handler.domain.arena import rank
from handler.domain.arena.rank import ArenaRank
from handler.domain.catalog import model_history, usage
from handler.domain.catalog.coverage import Reading
from handler.domain.catalog.endpoints import Endpoint, parse_endpoints
from handler.domain.catalog.model import Model, parse_model
from handler.domain.catalog.model_history import ModelHistory
from handler.domain.catalog.usage import Usage
from handler.domain.text import RenderedDescription

_ELLIPSES = ("...", "…")


class EndpointData(NamedTuple):
    """The endpoints of a model as upstream's records: none where upstream knows no endpoint."""

    fetched_at: datetime
    records: tuple[Mapping[str, Any], ...]


class PastText(NamedTuple):
    """A whole description that a model had in lists, the last time at `last_seen`."""

    text: str
    last_seen: datetime


class Profile(NamedTuple):
    """A model with its history and the data of other sources.

    `read_at` is the moment of the newest list with a readable record of the model, the one in
    use; `position` is its place there. `unreadable_at` is the moment of the catalog's newest list
    if that has a record of it that could not be read. `past_texts` are the whole descriptions of
    other records, newest first. `former_alias` is an alias that stood for this model and moved on
    to another.
    """

    model: Model
    history: ModelHistory
    read_at: datetime
    position: int = 0
    unreadable_at: datetime | None = None
    past_texts: tuple[PastText, ...] = ()
    endpoint_data: EndpointData | None = None
    arena_rank: ArenaRank | None = None
    usage: Usage | None = None
    former_alias: str | None = None

    @property
    def withdrawn(self) -> datetime | None:
        """When a list was first seen without the model, None while it is listed."""
        return self.history.withdrawn

    @property
    def markdown(self) -> str | None:
        """The description, whole where it was ever seen whole."""
        past = (past.text for past in self.past_texts)
        return choose_description(description_of(self.model), past)

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Return the known endpoints, the cheapest first."""
        records = list(self.endpoint_data.records) if self.endpoint_data else []
        return parse_endpoints({"endpoints": records}, self.model.id, self.model.output_modalities)


def description_of(model: Model) -> str | None:
    """Return the description of the model's record, None where it has none."""
    text = model.raw.get("description")
    return text if isinstance(text, str) else None


def choose_description(newest: str | None, past: Iterable[str]) -> str | None:
    """Return the newest description, or the past one that it is the truncated beginning of.

    Since 2026-04 upstream's list ends most of them in "..." after a sentence or two. `past` are
    other descriptions, newest first; the first of them is returned where the newest is empty.
    """
    if newest and not is_truncated(newest):
        return newest
    letters = _letters(newest or "")
    return next((text for text in past if _letters(text).startswith(letters)), newest)


def is_truncated(text: str) -> bool:
    """Return whether upstream cut the text."""
    return text.rstrip().endswith(_ELLIPSES)


def _letters(text: str) -> str:
    """Return the letters and digits alone: spaces, quotes and Markdown differ where text is cut."""
    return "".join(filter(str.isalnum, text))


def to_json(profile: Profile, as_of: datetime, position: int) -> dict[str, Any]:
    """Return the stored form: source values only, and no field that has no value.

    What follows from the catalog's moment and the position in it is left out, so that a model's
    line changes only when the model does.
    """
    description = profile.model.description
    endpoints, ranked, used = profile.endpoint_data, profile.arena_rank, profile.usage
    stored = {
        "raw": profile.model.raw,
        "lead": description.lead,
        "html": description.html,
        "read_at": profile.read_at.isoformat() if profile.read_at != as_of else None,
        "position": profile.position if profile.position != position else None,
        "past_texts": [[past.text, past.last_seen.isoformat()] for past in profile.past_texts]
        or None,
        "history": model_history.to_json(profile.history),
        "endpoints": endpoints and _endpoints_to_json(endpoints),
        "arena": ranked and rank.to_json(ranked),
        "usage": used and usage.to_json(used),
        "former_alias": profile.former_alias,
    }
    return {name: value for name, value in stored.items() if value is not None}


def from_json(stored: Mapping[str, Any], newest: Reading, position: int) -> Profile:
    """Return the profile of its stored form. Raises InvalidRecord, KeyError, TypeError, …."""
    model = parse_model(stored["raw"], RenderedDescription(stored["lead"], stored["html"]))
    read_at = stored.get("read_at")
    return Profile(
        model=model,
        history=model_history.from_json(stored["history"], model),
        read_at=datetime.fromisoformat(read_at) if read_at else newest.moment,
        position=stored.get("position", position),
        unreadable_at=newest.moment if model.id in newest.unreadable_ids else None,
        past_texts=tuple(
            PastText(text, datetime.fromisoformat(last_seen))
            for text, last_seen in stored.get("past_texts", ())
        ),
        endpoint_data=_endpoints_from_json(stored["endpoints"]) if "endpoints" in stored else None,
        arena_rank=rank.from_json(stored["arena"]) if "arena" in stored else None,
        usage=usage.from_json(stored["usage"]) if "usage" in stored else None,
        former_alias=stored.get("former_alias"),
    )


def _endpoints_to_json(endpoints: EndpointData) -> dict[str, Any]:
    return {"fetched_at": endpoints.fetched_at.isoformat(), "records": endpoints.records}


def _endpoints_from_json(stored: Mapping[str, Any]) -> EndpointData:
    return EndpointData(datetime.fromisoformat(stored["fetched_at"]), tuple(stored["records"]))
