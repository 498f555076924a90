"""A profile: everything known about one model, from the model list and other sources."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from handler.domain.arena import rank
from handler.domain.arena.rank import ArenaRank
from handler.domain.catalog import model_history, usage
from handler.domain.catalog.endpoints import Endpoint, parse_endpoints
from handler.domain.catalog.model import Model, parse_model
from handler.domain.catalog.model_history import ModelHistory
from handler.domain.catalog.usage import Usage
from handler.domain.text import RenderedDescription


class EndpointData(NamedTuple):
    """The endpoints of a model as upstream's records: none where upstream knows no endpoint."""

    fetched_at: datetime
    records: tuple[Mapping[str, Any], ...]


class Profile(NamedTuple):
    """A model with its history and the data of other sources.

    `markdown` is the fullest description that upstream ever gave: the model's record may have it
    truncated. `former_alias` is an alias that stood for this model and moved on to another.
    """

    model: Model
    markdown: str | None
    history: ModelHistory
    endpoint_data: EndpointData | None = None
    arena_rank: ArenaRank | None = None
    usage: Usage | None = None
    former_alias: str | None = None

    @property
    def withdrawn(self) -> datetime | None:
        """When a list was first seen without the model, None while it is listed."""
        return self.history.withdrawn

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Return the known endpoints, the cheapest first."""
        records = list(self.endpoint_data.records) if self.endpoint_data else []
        return parse_endpoints({"endpoints": records}, self.model.id, self.model.output_modalities)


def to_json(profile: Profile) -> dict[str, Any]:
    """Return the stored form: source values only, and no field that has no value."""
    description = profile.model.description
    endpoints, ranked, used = profile.endpoint_data, profile.arena_rank, profile.usage
    raw = profile.model.raw
    stored = {
        "raw": raw,
        "lead": description.lead,
        "html": description.html,
        "markdown": profile.markdown if profile.markdown != raw.get("description") else None,
        "history": model_history.to_json(profile.history),
        "endpoints": endpoints and _endpoints_to_json(endpoints),
        "arena": ranked and rank.to_json(ranked),
        "usage": used and usage.to_json(used),
        "former_alias": profile.former_alias,
    }
    return {name: value for name, value in stored.items() if value is not None}


def from_json(stored: Mapping[str, Any]) -> Profile:
    """Return the profile of its stored form. Raises InvalidRecord, KeyError, TypeError, …."""
    raw = stored["raw"]
    model = parse_model(raw, RenderedDescription(stored["lead"], stored["html"]))
    return Profile(
        model=model,
        markdown=stored.get("markdown", model.markdown),
        history=model_history.from_json(stored["history"], model),
        endpoint_data=_endpoints_from_json(stored["endpoints"]) if "endpoints" in stored else None,
        arena_rank=rank.from_json(stored["arena"]) if "arena" in stored else None,
        usage=usage.from_json(stored["usage"]) if "usage" in stored else None,
        former_alias=stored.get("former_alias"),
    )


def _endpoints_to_json(endpoints: EndpointData) -> dict[str, Any]:
    return {"fetched_at": endpoints.fetched_at.isoformat(), "records": endpoints.records}


def _endpoints_from_json(stored: Mapping[str, Any]) -> EndpointData:
    return EndpointData(datetime.fromisoformat(stored["fetched_at"]), tuple(stored["records"]))
