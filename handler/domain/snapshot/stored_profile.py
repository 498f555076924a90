"""A profile as one line of a snapshot: what was said, and nothing that follows from it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handler.domain.arena import rank as standing
from handler.domain.catalog import model_history, usage
from handler.domain.catalog.model import parse_model
from handler.domain.catalog.profile import EndpointData, Profile
from handler.domain.text import RenderedDescription


def to_json(profile: Profile) -> dict[str, Any]:
    """Return what is stored of a profile; what is not known is left out."""
    model = profile.model
    offers, rank, used = profile.endpoint_data, profile.arena_rank, profile.usage
    stored = {
        "raw": model.raw,
        "lead": model.description.lead,
        "html": model.description.html,
        "markdown": profile.markdown if profile.markdown != model.raw.get("description") else None,
        "history": model_history.to_json(profile.history),
        "endpoints": offers
        and {"fetched_at": offers.fetched_at.isoformat(), "records": offers.records},
        "arena": rank and standing.to_json(rank),
        "usage": used and usage.to_json(used),
        "former_alias": profile.former_alias,
    }
    return {name: value for name, value in stored.items() if value is not None}


def from_json(stored: Mapping[str, Any]) -> Profile:
    """Return the profile of its stored form."""
    raw = stored["raw"]
    model = parse_model(raw, RenderedDescription(stored["lead"], stored["html"]))
    return Profile(
        model=model,
        markdown=stored.get("markdown", raw.get("description")),
        history=model_history.from_json(stored["history"], model),
        endpoint_data=_offers(stored.get("endpoints")),
        arena_rank=standing.from_json(stored["arena"]) if "arena" in stored else None,
        usage=usage.from_json(stored["usage"]) if "usage" in stored else None,
        former_alias=stored.get("former_alias"),
    )


def _offers(stored: Mapping[str, Any] | None) -> EndpointData | None:
    if stored is None:
        return None
    return EndpointData(datetime.fromisoformat(stored["fetched_at"]), tuple(stored["records"]))
