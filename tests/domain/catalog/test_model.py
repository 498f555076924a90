from datetime import date
from typing import Any

import pytest

from handler.domain.catalog.model import Model, parse_model
from handler.domain.errors import InvalidRecord
from handler.domain.pricing.types import PriceSchedule, Pricing, PricingKind
from tests.support.builders import NO_PROSE, model, record


def test_record_of_an_id_alone_is_a_model() -> None:
    raw = {"id": "acme/one"}

    assert model(raw) == Model(
        id="acme/one",
        name="acme/one",
        created=None,
        canonical_slug=None,
        hugging_face_id=None,
        context_length=None,
        provider_context_length=None,
        max_completion_tokens=None,
        is_moderated=None,
        modality=None,
        input_modalities=(),
        output_modalities=(),
        tokenizer=None,
        instruct_type=None,
        supported_parameters=(),
        default_parameters=(),
        knowledge_cutoff=None,
        expiration_date=None,
        alias_target=None,
        pricing=Pricing(PricingKind.UNPUBLISHED, (), (), PriceSchedule({})),
        description=NO_PROSE,
        raw=raw,
    )


@pytest.mark.parametrize(
    ("fields", "attribute", "expected"),
    [
        ({"name": "  Acme:\u00a0One \n"}, "name", "Acme: One"),
        ({"name": "x" * 1_000_000}, "name", "x" * 200),
        ({"architecture": {"tokenizer": "a\x00\n b"}}, "tokenizer", "a b"),
        ({"supported_parameters": [" a\n", "", "b"]}, "supported_parameters", ("a", "b")),
        ({"architecture": {"modality": "->text"}}, "input_modalities", ()),
        ({"hugging_face_id": ""}, "hugging_face_id", None),
        ({"context_length": 0}, "context_length", None),
        ({"context_length": 8192.0}, "context_length", 8192),
        ({"expiration_date": "2098-12-31"}, "expiration_date", None),
        ({"expiration_date": "2026-12-31"}, "expiration_date", date(2026, 12, 31)),
        ({"expiration_date": "2026-12-31T08:00:00Z"}, "expiration_date", date(2026, 12, 31)),
        ({"knowledge_cutoff": "spring 2025"}, "knowledge_cutoff", None),
        ({"id": "~acme/latest"}, "author", "acme"),
        ({"architecture": {"modality": "text+image->text"}}, "input_modalities", ("text", "image")),
        ({"architecture": {"modality": "text+image->text"}}, "output_modalities", ("text",)),
        ({"architecture": {"modality": "multimodal"}}, "input_modalities", ()),
        (
            {"default_parameters": {"temperature": 0.6, "top_k": None, "stop": ["a"]}},
            "default_parameters",
            (("temperature", "0.6"), ("stop", '["a"]')),
        ),
        ({"alias_target": {"slug": "a/b", "name": "B"}}, "alias_target", "a/b"),
        ({"top_provider": {"max_completion_tokens": 5}}, "max_completion_tokens", 5),
        ({"unheard_of": {"x": 1}}, "name", "acme/one"),
    ],
    ids=str,
)
def test_oddities_of_real_records_are_understood(
    fields: dict[str, Any], attribute: str, expected: object
) -> None:
    assert getattr(model({**record(), **fields}), attribute) == expected


@pytest.mark.parametrize(
    "model_id",
    [
        "acme/one:free",
        "~acme/one-latest",
        "01-ai/yi-large",
        "x/flux.2-pro",
        "a/B_c",
        "openai/gpt-5.6-luna-pro:batch",
    ],
)
def test_every_upstream_form_of_id_is_accepted(model_id: str) -> None:
    assert model({"id": model_id}).id == model_id


@pytest.mark.parametrize(
    "model_id",
    [
        None,
        "",
        7,
        "noslash",
        "/x",
        "x/",
        "a/b/c",
        "a//b",
        "../x",
        "a/..",
        "a/b:",
        "a b/c",
        "a/<script>",
        "a/b?c",
        "a/b#c",
        "a/b%2f",
        "//evil.example",
        "a/b\n",
        "é/x",
        "a/" + "x" * 300,
    ],
    ids=lambda value: repr(value)[:20],
)
def test_id_that_cannot_be_a_path_is_rejected(model_id: object) -> None:
    with pytest.raises(InvalidRecord):
        parse_model({"id": model_id}, NO_PROSE)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"context_length": "many"}, "context_length is 'many', not a whole number"),
        ({"context_length": True}, "context_length is 'True', not a whole number"),
        ({"context_length": -1}, "context_length is -1, out of range"),
        ({"context_length": 10**13}, "context_length is 10000000000000, out of range"),
        ({"created": 10**12}, "created is 1000000000000, out of range"),
        ({"name": ["x"]}, "name is list, not a string"),
        ({"description": 5}, "description is int, not a string"),
        ({"architecture": "text"}, "architecture is str, not an object"),
        ({"pricing": []}, "pricing is list, not an object"),
        ({"supported_parameters": ["a", 1]}, "supported_parameters is not a list of strings"),
        (
            {"supported_parameters": ["a"] * 201},
            "supported_parameters has 201 items, more than 200",
        ),
        ({"top_provider": {"is_moderated": "no"}}, "is_moderated is str, not true or false"),
    ],
    ids=lambda value: str(value)[:50],
)
def test_field_of_wrong_type_is_rejected_with_the_id(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidRecord) as raised:
        model(record(**fields))

    assert str(raised.value) == f"acme/one: {message}"


@pytest.mark.parametrize("value", [None, 1, "acme/one", ["acme/one"]], ids=repr)
def test_record_that_is_not_an_object_is_rejected(value: object) -> None:
    with pytest.raises(InvalidRecord, match="not an object"):
        parse_model(value, NO_PROSE)
