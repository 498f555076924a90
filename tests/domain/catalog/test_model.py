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
        ({"expiration_date": "9999-12-31"}, "expiration_date", None),
        ({"created": 0}, "created", None),
        ({"description": 5}, "markdown", None),
        ({"description": "One."}, "markdown", "One."),
        ({"expiration_date": "2026-12-31"}, "expiration_date", date(2026, 12, 31)),
        ({"expiration_date": "2026-12-31T08:00:00Z"}, "expiration_date", date(2026, 12, 31)),
        ({"knowledge_cutoff": "spring 2025"}, "knowledge_cutoff", None),
        ({"id": "~acme/latest"}, "author", "acme"),
        ({"architecture": {"modality": "text+image->text"}}, "input_modalities", ("text", "image")),
        ({"architecture": {"modality": "text+image->text"}}, "output_modalities", ("text",)),
        ({"architecture": {"modality": "multimodal"}}, "input_modalities", ("text", "image")),
        ({"architecture": {"modality": "multimodal"}}, "output_modalities", ("text",)),
        ({"architecture": {"modality": "text"}}, "input_modalities", ("text",)),
        ({"architecture": {"modality": "several"}}, "input_modalities", ()),
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


FULL = record(
    created=1_780_000_000,
    canonical_slug="acme/one-20260101",
    hugging_face_id="acme/One",
    description="It is **one**.",
    context_length=8_192,
    architecture={
        "modality": "text->text",
        "input_modalities": ["text", "image"],
        "output_modalities": ["text"],
        "tokenizer": "Other",
        "instruct_type": "chatml",
    },
    top_provider={"context_length": 4_096, "max_completion_tokens": 2_048, "is_moderated": True},
    pricing={"prompt": "0.000001", "completion": "0.000003"},
    supported_parameters=["tools"],
    default_parameters={"top_p": 1},
    knowledge_cutoff="2025-01-31",
    expiration_date="2026-12-31",
    alias_target={"slug": "acme/two", "name": "Two"},
)
NOTHING: tuple[()] = ()
OPTIONAL_FIELDS: dict[tuple[str, ...], dict[str, Any]] = {
    ("name",): {"name": "acme/one"},
    ("created",): {"created": None},
    ("canonical_slug",): {"canonical_slug": None},
    ("hugging_face_id",): {"hugging_face_id": None},
    ("description",): {},
    ("context_length",): {"context_length": None},
    ("architecture",): {
        "modality": None,
        "input_modalities": NOTHING,
        "output_modalities": NOTHING,
        "tokenizer": None,
        "instruct_type": None,
    },
    ("architecture", "modality"): {"modality": None},
    ("architecture", "input_modalities"): {"input_modalities": ("text",)},
    ("architecture", "output_modalities"): {},
    ("architecture", "tokenizer"): {"tokenizer": None},
    ("top_provider",): {
        "provider_context_length": None,
        "max_completion_tokens": None,
        "is_moderated": None,
    },
    ("top_provider", "context_length"): {"provider_context_length": None},
    ("top_provider", "is_moderated"): {"is_moderated": None},
    ("supported_parameters",): {"supported_parameters": NOTHING},
    ("default_parameters",): {"default_parameters": NOTHING},
    ("knowledge_cutoff",): {"knowledge_cutoff": None},
    ("expiration_date",): {"expiration_date": None},
    ("alias_target",): {"alias_target": None},
    ("alias_target", "slug"): {"alias_target": None},
}
UNREADABLE = [-1, -0.5, float("nan"), float("inf"), 10**400, [], [5, {}], [[]], {"a": 1}, {"b": {}}]


def replace_field(raw: dict[str, Any], path: tuple[str, ...], value: object) -> dict[str, Any]:
    first, *rest = path
    return {**raw, first: replace_field(raw[first], tuple(rest), value) if rest else value}


@pytest.mark.parametrize(("path", "lost"), OPTIONAL_FIELDS.items(), ids=".".join)
def test_an_unreadable_optional_field_costs_that_field_alone(
    path: tuple[str, ...], lost: dict[str, Any]
) -> None:
    values = [value for value in UNREADABLE if path != ("default_parameters",) or value == []]
    for value in values:
        raw = replace_field(FULL, path, value)

        assert model(raw) == model(FULL)._replace(**lost, raw=raw)


@pytest.mark.parametrize(
    ("value", "tokens"),
    [
        (25_804.8, 25_804),
        ("262144", 262_144),
        ("131072.0", 131_072),
        (" 8192 ", 8_192),
        ("22937.6", 22_937),
        ("12" * 10, None),
        ("1e5", None),
        ("131,072", None),
        ("131K", None),
        ("-5", None),
        ("٣", None),
        ("", None),
        (True, None),
        (10**13, None),
    ],
    ids=repr,
)
def test_a_fraction_is_rounded_down_and_digits_are_a_number(
    value: object, tokens: int | None
) -> None:
    raw = record(
        context_length=value, top_provider={"context_length": value, "max_completion_tokens": value}
    )
    parsed = model(raw)

    assert (
        parsed.context_length,
        parsed.provider_context_length,
        parsed.max_completion_tokens,
    ) == (tokens, tokens, tokens)


@pytest.mark.parametrize(
    ("listed", "kept"),
    [
        (["a", 1, None, {"b": 1}, "c"], ("a", "c")),
        ([f"p{n}" for n in range(201)], tuple(f"p{n}" for n in range(200))),
    ],
    ids=["bad items", "too many items"],
)
def test_a_list_keeps_its_readable_first_items(listed: list[Any], kept: tuple[str, ...]) -> None:
    assert model(record(supported_parameters=listed)).supported_parameters == kept


@pytest.mark.parametrize(
    ("pricing", "message"),
    [
        ([], "pricing is list, not an object"),
        ("free", "pricing is str, not an object"),
        ({"prompt": "cheap"}, "pricing.prompt is 'cheap', which is no price"),
    ],
    ids=str,
)
def test_an_unreadable_price_is_rejected_with_the_id(pricing: object, message: str) -> None:
    with pytest.raises(InvalidRecord) as raised:
        model(record(pricing=pricing))

    assert str(raised.value) == f"acme/one: {message}"


@pytest.mark.parametrize("value", [None, 1, "acme/one", ["acme/one"]], ids=repr)
def test_record_that_is_not_an_object_is_rejected(value: object) -> None:
    with pytest.raises(InvalidRecord, match="not an object"):
        parse_model(value, NO_PROSE)
