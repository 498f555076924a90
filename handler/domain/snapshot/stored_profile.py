"""A profile as one line of a snapshot: what was said, and nothing that follows from it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handler.domain.arena import rank as standing
from handler.domain.catalog import model_history, usage
from handler.domain.catalog.model import model_of
from handler.domain.catalog.profile import Offers, Profile
from handler.domain.text import Prose


def as_json(profile: Profile) -> dict[str, Any]:
    """Return what is stored of a profile; what is not known is left out."""
    model = profile.model
    offers, rank, used = profile.offers, profile.standing, profile.usage
    stored = {
        "raw": model.raw,
        "lead": model.description.lead,
        "html": model.description.html,
        "markdown": profile.markdown if profile.markdown != model.raw.get("description") else None,
        "history": model_history.as_json(profile.history),
        "offers": offers and {"asked": offers.asked.isoformat(), "records": offers.records},
        "arena": rank and standing.as_json(rank),
        "usage": used and usage.as_json(used),
        "once_alias": profile.once_alias,
    }
    return {name: value for name, value in stored.items() if value is not None}


def profile_of(stored: Mapping[str, Any]) -> Profile:
    """Return the profile of its stored form."""
    raw = stored["raw"]
    model = model_of(raw, Prose(stored["lead"], stored["html"]))
    return Profile(
        model=model,
        markdown=stored.get("markdown", raw.get("description")),
        history=model_history.history_of(stored["history"], model),
        offers=_offers(stored.get("offers")),
        standing=standing.standing_of(stored["arena"]) if "arena" in stored else None,
        usage=usage.usage_from_json(stored["usage"]) if "usage" in stored else None,
        once_alias=stored.get("once_alias"),
    )


def _offers(stored: Mapping[str, Any] | None) -> Offers | None:
    if stored is None:
        return None
    return Offers(datetime.fromisoformat(stored["asked"]), tuple(stored["records"]))
