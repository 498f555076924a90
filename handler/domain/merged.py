"""The public record of a model: what upstream says, and what is derived from it."""

from typing import Any

from handler.domain.model import Model
from handler.domain.pricing import per_million_tokens


def merged_record(model: Model) -> dict[str, Any]:
    """Return the public record: upstream's fields and the derived ones, in the order pages show."""
    raw = model.raw
    return {
        "id": model.id,
        "name": model.name,
        "description": raw.get("description"),
        "created": model.created,
        "canonical_slug": model.canonical_slug,
        "hugging_face_id": model.hugging_face_id,
        "source_type": "openrouter_only",
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
        "PPM": per_million_tokens(model.pricing, raw.get("pricing")),
        "openrouter_raw": raw,
    }
