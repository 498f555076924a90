"""A profile: everything known about one model, from the model list and other sources."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from handler.domain.arena.rank import ArenaRank
from handler.domain.catalog.endpoints import Endpoint, parse_endpoints
from handler.domain.catalog.model import Model
from handler.domain.catalog.model_history import ModelHistory
from handler.domain.catalog.usage import Usage


class EndpointData(NamedTuple):
    """The endpoints of a model as upstream's records, and when they were fetched.

    `records` are empty where upstream knows no endpoint.
    """

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
