"""Everything known of one model: what the list says of it, and what else was learned."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from handler.domain.arena.rank import ArenaRank
from handler.domain.catalog.endpoints import Endpoint, parse_endpoints
from handler.domain.catalog.model import Model
from handler.domain.catalog.model_history import ModelHistory
from handler.domain.catalog.usage import Usage


class EndpointData(NamedTuple):
    """The endpoints that serve a model, as upstream gave them, and when it was asked.

    None where it knows none: `records` are then empty, and asking again soon is of no use.
    """

    fetched_at: datetime
    records: tuple[Mapping[str, Any], ...]


class Profile(NamedTuple):
    """A model with its past and what other sources say of it.

    `markdown` is the fullest description that upstream has given; the model's own record may hold
    a cut of it. `former_alias` is an alias that stood for this model and moved on to another.
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
        """When it was first seen to be listed no longer, None while it is listed."""
        return self.history.withdrawn

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Return who serves it, as far as that is known."""
        records = list(self.endpoint_data.records) if self.endpoint_data else []
        return parse_endpoints({"endpoints": records}, self.model.id, self.model.output_modalities)
