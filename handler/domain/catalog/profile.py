"""Everything known of one model: what the list says of it, and what else was learned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handler.domain.arena.rank import Standing
from handler.domain.catalog.endpoints import Endpoint, endpoints_of
from handler.domain.catalog.model import Model
from handler.domain.catalog.model_history import History
from handler.domain.catalog.usage import Usage


@dataclass(frozen=True, slots=True)
class Offers:
    """The endpoints that serve a model, as upstream gave them, and when it was asked.

    None where it knows none: `records` are then empty, and asking again soon is of no use.
    """

    asked: datetime
    records: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A model with its past and what other sources say of it.

    `markdown` is the fullest description that upstream has given; the model's own record may hold
    a cut of it. `once_alias` is an alias that stood for this model and moved on to another.
    """

    model: Model
    markdown: str | None
    history: History
    offers: Offers | None = None
    standing: Standing | None = None
    usage: Usage | None = None
    once_alias: str | None = None

    @property
    def withdrawn(self) -> datetime | None:
        """When it was first seen to be listed no longer, None while it is listed."""
        return self.history.withdrawn

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Return who serves it, as far as that is known."""
        records = list(self.offers.records) if self.offers else []
        return endpoints_of({"endpoints": records}, self.model.id, self.model.output_modalities)
