"""A catalog model, parsed from an upstream record."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from handler.domain.errors import InvalidRecord
from handler.domain.ingest import fields
from handler.domain.pricing.parse import parse_pricing
from handler.domain.pricing.types import Pricing
from handler.domain.text import RenderedDescription

# Upstream's form is author/slug[:variant], with ~author for aliases. Real ids have 61 characters
# at most.
_ID = re.compile(r"~?[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*(:[A-Za-z0-9][\w.-]*)?", re.ASCII)
_MAX_ID_CHARACTERS = 200
_MAX_TIMESTAMP = 253_402_300_799  # 9999-12-31, the last day that a datetime holds
# Upstream's value for no date is 2098-12-31. No model is announced to stay for decades.
_NO_EXPIRY_FROM = date(2076, 1, 1)
# The forms of `modality` in 2023 and 2024, and what upstream wrote for them from 2024-07 on.
_OLD_MODALITIES = {"text": "text->text", "multimodal": "text+image->text"}
_MAX_VENDOR_CHARACTERS = 40


class Model(NamedTuple):
    """The fields of a record. None and empty tuples mean not published.

    Counts are tokens, `created` is in Unix seconds, `raw` is the upstream record unchanged.
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
    description: RenderedDescription
    raw: Mapping[str, Any]

    @property
    def author(self) -> str:
        """The maker of the model: the part of the id before the slash, without an alias's "~"."""
        return author_of(self.id)

    @property
    def markdown(self) -> str | None:
        """The record's own description, which may be truncated; None unless it is text."""
        text = self.raw.get("description")
        return text if isinstance(text, str) else None


def parse_model(raw: object, description: RenderedDescription) -> Model:
    """Return the model of an upstream record.

    Raises InvalidRecord, with the id where there is one, for a record without a valid id or with
    a price that cannot be read. Any other field that cannot be read is not published.
    """
    if not isinstance(raw, dict):
        raise InvalidRecord(f"a record is {type(raw).__name__}, not an object")
    model_id = _parse_id(raw.get("id"))
    try:
        return _build_model(model_id, raw, description)
    except InvalidRecord as error:
        raise InvalidRecord(f"{model_id}: {error}") from error


def is_model_id(text: str) -> bool:
    """Return whether a text has the form of an id: author/slug[:variant]."""
    return len(text) <= _MAX_ID_CHARACTERS and _ID.fullmatch(text) is not None


def author_of(model_id: str) -> str:
    """Return the part of an id before the slash, without an alias's "~"."""
    return model_id.partition("/")[0].removeprefix("~")


def base_id(model_id: str) -> str:
    """Return the id without its `:variant`."""
    return model_id.partition(":")[0]


def split_display_name(name: str, author: str) -> tuple[str, str]:
    """Return the vendor and title of a name such as "Google: Gemini 2.5 Pro".

    Without a vendor in it, the vendor is the author of the id.
    """
    vendor, colon, title = name.partition(": ")
    if colon and title.strip() and len(vendor) <= _MAX_VENDOR_CHARACTERS:
        return vendor, title
    return author, name


def _parse_id(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise InvalidRecord("a record has no id")
    if not is_model_id(value):
        raise InvalidRecord(f"the id {value[:80]!r} is not of the form author/slug[:variant]")
    return value


def _build_model(model_id: str, raw: dict[str, Any], description: RenderedDescription) -> Model:
    architecture = fields.get_object(raw, "architecture")
    provider = fields.get_object(raw, "top_provider")
    modality = fields.get_text(architecture, "modality")
    inputs = fields.get_texts(architecture, "input_modalities") or _side(modality, 0)
    outputs = fields.get_texts(architecture, "output_modalities") or _side(modality, -1)
    expiry = fields.get_date(raw, "expiration_date")
    return Model(
        id=model_id,
        name=fields.get_text(raw, "name") or model_id,
        created=fields.get_count(raw, "created", _MAX_TIMESTAMP) or None,
        canonical_slug=fields.get_text(raw, "canonical_slug"),
        hugging_face_id=fields.get_text(raw, "hugging_face_id"),
        context_length=fields.get_count(raw, "context_length") or None,
        provider_context_length=fields.get_count(provider, "context_length") or None,
        max_completion_tokens=fields.get_count(provider, "max_completion_tokens") or None,
        is_moderated=fields.get_bool(provider, "is_moderated"),
        modality=modality,
        input_modalities=inputs,
        output_modalities=outputs,
        tokenizer=fields.get_text(architecture, "tokenizer"),
        instruct_type=fields.get_text(architecture, "instruct_type"),
        supported_parameters=fields.get_texts(raw, "supported_parameters"),
        default_parameters=fields.get_parameters(raw, "default_parameters"),
        knowledge_cutoff=fields.get_date(raw, "knowledge_cutoff"),
        expiration_date=expiry if expiry and expiry < _NO_EXPIRY_FROM else None,
        alias_target=fields.get_text(fields.get_object(raw, "alias_target"), "slug"),
        pricing=parse_pricing(fields.parse_object(raw, "pricing"), model_id, outputs),
        description=description,
        raw=raw,
    )


def _side(modality: str | None, side: int) -> tuple[str, ...]:
    """Return one side of a modality such as "text+image->text": old records have no lists."""
    directed = _OLD_MODALITIES.get(modality or "", modality or "")
    if "->" not in directed:
        return ()
    return tuple(filter(None, directed.split("->")[side].split("+")))
