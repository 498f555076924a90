"""One catalog model: an upstream record, checked where it enters."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from handler.domain.errors import InvalidRecord
from handler.domain.prices import Pricing
from handler.domain.pricing import per_million_tokens, pricing_of
from handler.domain.text import Prose, one_line

# Seen upstream: author/slug[:variant], with ~author for aliases, 61 characters at most.
_ID = re.compile(r"~?[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*(:[A-Za-z0-9][\w.-]*)?", re.ASCII)
_LONGEST_ID = 200
_LONGEST_TEXT = 200
_LARGEST_COUNT = 10**12
_LATEST_TIMESTAMP = 253_402_300_799  # 9999-12-31, the last day that a datetime holds
_MOST_ITEMS = 200
_NO_EXPIRY = date(2098, 12, 31)  # upstream's way to say that no date is set

# First segments of addresses that are ours. No author seen upstream has such a name; one that
# came would take over a page of the site.
RESERVED_AUTHORS = frozenset(
    {"api", "card", "compare", "healthz", "methodology", "model", "models", "static"}
)


@dataclass(frozen=True, slots=True)
class Model:
    """What one record says. None and empty tuples mean that upstream publishes nothing.

    Counts are tokens; `created` is in Unix seconds; `raw` is the upstream record, untouched.
    """

    id: str
    name: str
    created: int | None
    canonical_slug: str | None
    hugging_face_id: str | None
    context_length: int | None
    provider_context_length: int | None
    max_completion_tokens: int | None
    is_moderated: bool | None
    modality: str | None
    input_modalities: tuple[str, ...]
    output_modalities: tuple[str, ...]
    tokenizer: str | None
    instruct_type: str | None
    supported_parameters: tuple[str, ...]
    default_parameters: tuple[tuple[str, str], ...]
    knowledge_cutoff: date | None
    expiration_date: date | None
    alias_target: str | None
    pricing: Pricing
    description: Prose
    raw: Mapping[str, Any]

    @property
    def author(self) -> str:
        """Who made the model: the part of the id before the slash, without an alias's "~"."""
        return self.id.partition("/")[0].removeprefix("~")


def model_of(raw: object, description: Prose) -> Model:
    """Return the model of one upstream record.

    Raises InvalidRecord, naming the id where there is one, for a record without a usable id or
    with a field of the wrong type. Fields that are absent, null or empty are "not published".
    """
    if not isinstance(raw, dict):
        raise InvalidRecord(f"a record is {type(raw).__name__}, not an object")
    model_id = _checked_id(raw.get("id"))
    try:
        return _model_of(model_id, raw, description)
    except InvalidRecord as error:
        raise InvalidRecord(f"{model_id}: {error}") from error


def base_id(model_id: str) -> str:
    """Return the id without its `:variant`."""
    return model_id.partition(":")[0]


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


def _checked_id(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise InvalidRecord("a record has no id")
    if len(value) > _LONGEST_ID or not _ID.fullmatch(value):
        raise InvalidRecord(f"the id {value[:80]!r} is not of the form author/slug[:variant]")
    if value.partition("/")[0].lower() in RESERVED_AUTHORS:
        raise InvalidRecord(f"the id {value!r} begins with a name that the site uses itself")
    return value


def _model_of(model_id: str, raw: dict[str, Any], description: Prose) -> Model:
    architecture = _mapping(raw, "architecture")
    provider = _mapping(raw, "top_provider")
    modality = _text(architecture, "modality")
    inputs = _texts(architecture, "input_modalities") or _side(modality, 0)
    outputs = _texts(architecture, "output_modalities") or _side(modality, -1)
    if not isinstance(raw.get("description"), str | None):
        raise InvalidRecord(f"description is {type(raw['description']).__name__}, not a string")
    return Model(
        id=model_id,
        name=_text(raw, "name") or model_id,
        created=_count(raw, "created", _LATEST_TIMESTAMP),
        canonical_slug=_text(raw, "canonical_slug"),
        hugging_face_id=_text(raw, "hugging_face_id"),
        context_length=_count(raw, "context_length") or None,
        provider_context_length=_count(provider, "context_length") or None,
        max_completion_tokens=_count(provider, "max_completion_tokens") or None,
        is_moderated=_flag(provider, "is_moderated"),
        modality=modality,
        input_modalities=inputs,
        output_modalities=outputs,
        tokenizer=_text(architecture, "tokenizer"),
        instruct_type=_text(architecture, "instruct_type"),
        supported_parameters=_texts(raw, "supported_parameters"),
        default_parameters=_settings(raw, "default_parameters"),
        knowledge_cutoff=_day(raw, "knowledge_cutoff"),
        expiration_date=_expiry(_day(raw, "expiration_date")),
        alias_target=_text(_mapping(raw, "alias_target"), "slug"),
        pricing=pricing_of(_mapping(raw, "pricing"), model_id, outputs),
        description=description,
        raw=raw,
    )


def _side(modality: str | None, side: int) -> tuple[str, ...]:
    """Return one side of "text+image->text", which old records have instead of lists."""
    if modality is None or "->" not in modality:
        return ()
    return tuple(filter(None, modality.split("->")[side].split("+")))


def _expiry(day: date | None) -> date | None:
    return None if day == _NO_EXPIRY else day


def _mapping(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = raw.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise InvalidRecord(f"{key} is {type(value).__name__}, not an object")
    return value


def _text(raw: Mapping[str, Any], key: str) -> str | None:
    value = raw.get(key)
    if not isinstance(value, str | None):
        raise InvalidRecord(f"{key} is {type(value).__name__}, not a string")
    return _short(value) or None if value else None


def _short(text: str) -> str:
    return one_line(text[:_LONGEST_TEXT])


def _day(raw: Mapping[str, Any], key: str) -> date | None:
    """Return a day of ISO 8601, None where upstream writes something else: `raw` still has it."""
    text = _text(raw, key)
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _texts(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = raw.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InvalidRecord(f"{key} is not a list of strings")
    if len(value) > _MOST_ITEMS:
        raise InvalidRecord(f"{key} has {len(value)} items, more than {_MOST_ITEMS}")
    return tuple(filter(None, map(_short, value)))


def _settings(raw: Mapping[str, Any], key: str) -> tuple[tuple[str, str], ...]:
    """Return names with what they are set to, as JSON writes it; null means that they are not."""
    items = list(_mapping(raw, key).items())[:_MOST_ITEMS]
    return tuple((_short(n), _short(json.dumps(value))) for n, value in items if value is not None)


def _count(raw: Mapping[str, Any], key: str, highest: int = _LARGEST_COUNT) -> int | None:
    value = raw.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        raise InvalidRecord(f"{key} is {str(value)[:40]!r}, not a whole number")
    if not 0 <= value <= highest:
        raise InvalidRecord(f"{key} is {str(value)[:40]}, out of range")
    return int(value)


def _flag(raw: Mapping[str, Any], key: str) -> bool | None:
    value = raw.get(key)
    if value is None or isinstance(value, bool):
        return value
    raise InvalidRecord(f"{key} is {type(value).__name__}, not true or false")
