"""The public record of a model: upstream's fields, and the fields derived from them."""

from datetime import datetime
from typing import Any

from handler.domain.arena.rank import ArenaRank
from handler.domain.catalog.lifetime import find_created
from handler.domain.catalog.profile import Profile
from handler.domain.pricing.parse import per_million_tokens


def public_record(profile: Profile, as_of: datetime) -> dict[str, Any]:
    """Return the public record, with its fields in the order in which pages show them.

    The description is the fullest one known. `created` is None where it cannot be right at
    `as_of`, the catalog's time. `arena` and `withdrawn_since` are absent where they
    have no value.
    """
    model = profile.model
    raw = model.raw
    ranked, withdrawn = profile.arena_rank, profile.withdrawn
    return {
        "id": model.id,
        "name": model.name,
        "description": profile.markdown,
        "created": find_created(profile, as_of),
        "canonical_slug": model.canonical_slug,
        "hugging_face_id": model.hugging_face_id,
        "source_type": source_type(profile),
        "context_length": model.context_length,
        "max_completion_tokens": model.max_completion_tokens,
        "is_moderated": model.is_moderated,
        "architecture": raw.get("architecture"),
        "input_modalities": list(model.input_modalities),
        "output_modalities": list(model.output_modalities),
        "modality": model.modality,
        "tokenizer": model.tokenizer,
        "instruct_type": model.instruct_type,
        "supported_parameters": list(model.supported_parameters),
        "default_parameters": raw.get("default_parameters"),
        "per_request_limits": raw.get("per_request_limits"),
        "top_provider": raw.get("top_provider"),
        "pricing": raw.get("pricing"),
        "PPM": per_million_tokens(model.pricing),
        **({"arena": _arena(ranked)} if ranked else {}),
        **({"withdrawn_since": withdrawn.isoformat()} if withdrawn else {}),
        "openrouter_raw": raw,
    }


def source_type(profile: Profile) -> str:
    """Return the name of the sources that the record is merged from."""
    return "openrouter_and_arena" if profile.arena_rank else "openrouter_only"


def _arena(ranked: ArenaRank) -> dict[str, Any]:
    others = [other._asdict() for other in ranked.other_efforts]
    return {
        "rank": ranked.rank,
        "of": ranked.total,
        "rating": ranked.rating,
        "lower": ranked.lower,
        "upper": ranked.upper,
        "votes": ranked.votes,
        "published": ranked.published.isoformat() if ranked.published else None,
        "name": ranked.name,
        "how": ranked.match_reason,
        "through": ranked.inherited_from,
        **({"other_efforts": others} if others else {}),
    }
