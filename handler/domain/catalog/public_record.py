"""The public record of a model: upstream's fields, and the fields derived from them."""

from typing import Any

from handler.domain.arena.rank import ArenaRank
from handler.domain.catalog.lifetime import find_created
from handler.domain.catalog.profile import Profile
from handler.domain.pricing.parse import per_million_tokens


def public_record(profile: Profile) -> dict[str, Any]:
    """Return the public record, with its fields in the order in which pages show them.

    The description is the fullest one known. `created` is None where it cannot be right.
    `last_read` is the moment of the list that has the record, `unreadable_at` that of the newest
    list, if its record could not be read. This, `arena` and `withdrawn_since` are absent where they
    have no value.
    """
    model = profile.model
    raw = model.raw
    ranked, withdrawn, unreadable = profile.arena_rank, profile.withdrawn, profile.unreadable_at
    return {
        "id": model.id,
        "name": model.name,
        "description": profile.markdown,
        "created": find_created(profile),
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
        "last_read": profile.read_at.isoformat(),
        **({"unreadable_at": unreadable.isoformat()} if unreadable else {}),
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
