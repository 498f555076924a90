from typing import Any

import pytest

from handler.domain.errors import InvalidRecord
from handler.domain.pricing.conditions import format_conditions
from handler.domain.pricing.format import format_price
from handler.domain.pricing.headline import headline
from handler.domain.pricing.parse import parse_pricing, per_million_tokens
from handler.domain.pricing.types import PriceUnit, PricingKind

TEXT = ("text",)


def test_dimensions_have_units_and_zero_extras_are_dropped() -> None:
    listed = {
        "prompt": "0.00000125",
        "completion": "0.00001",
        "image": "0.0048",
        "request": "0",
        "image_output": "0.00004",
        "image_token": "0.00004",
        "audio": "0.000001",
        "web_search": "0.01",
        "input_cache_read": "0.0000001",
        "input_cache_write_1h": "0.000006",
        "internal_reasoning": "0",
        "mystery": "9",
    }

    pricing = parse_pricing(listed, "a/b", ("text", "image"))

    assert {price.dimension: format_price(price) for price in pricing.prices} == {
        "prompt": "$1.25/M",
        "completion": "$10/M",
        "input_cache_read": "$0.10/M",
        "input_cache_write_1h": "$6/M",
        "image": "$0.0048/image",
        "image_output": "$40/M image tokens",
        "audio": "$1/M audio tokens",
        "web_search": "$0.01/search",
    }


@pytest.mark.parametrize(
    ("amount", "unit"), [("0.000002", PriceUnit.IMAGE_TOKEN), ("0.0000256", PriceUnit.IMAGE)]
)
def test_small_image_price_is_per_image_token(amount: str, unit: PriceUnit) -> None:
    pricing = parse_pricing({"prompt": "0.000001", "image": amount}, "a/b", TEXT)

    assert [price.unit for price in pricing.prices if price.dimension == "image"] == [unit]


def tiers(*overrides: dict[str, Any]) -> list[tuple[str, dict[str, str]]]:
    listed = {"prompt": "0.000001", "completion": "0.000002", "overrides": list(overrides)}
    pricing = parse_pricing(listed, "a/b", TEXT)
    return [
        (format_conditions(tier.conditions), {p.dimension: format_price(p) for p in tier.prices})
        for tier in pricing.tiers
    ]


def test_prompt_tiers_inherit_missing_prices() -> None:
    assert tiers(
        {"min_prompt_tokens": 32000, "prompt": "0.000003", "completion": "0.000004"},
        {"min_prompt_tokens": 256000, "prompt": "0.000005"},
    ) == [
        ("over 32,000 prompt tokens", {"prompt": "$3/M", "completion": "$4/M"}),
        ("over 256,000 prompt tokens", {"prompt": "$5/M", "completion": "$4/M"}),
    ]


def test_hours_of_equal_price_merge_and_base_hours_are_dropped() -> None:
    assert tiers(
        {"utc_start": 1000, "utc_end": 100, "prompt": "0.000001"},
        {"utc_start": 100, "utc_end": 400, "prompt": "0.000002"},
        {"utc_start": 600, "utc_end": 1000, "prompt": "0.000002"},
    ) == [("daily 01:00–04:00 and 06:00–10:00 UTC", {"prompt": "$2/M"})]


@pytest.mark.parametrize(
    ("listed", "outputs", "expected"),
    [
        ({"prompt": "0.000001", "completion": "0.000003"}, TEXT, {"prompt": 1, "completion": 3}),
        ({"prompt": "0.00000015", "web_search": "0.01"}, TEXT, {"prompt": 0.15}),
        ({"prompt": "-1", "completion": "-1"}, TEXT, {"prompt": None, "completion": None}),
        ({"prompt": "0", "completion": "0"}, ("video",), {"prompt": None, "completion": None}),
        ({"prompt": "0", "completion": "0"}, TEXT, {"prompt": 0, "completion": 0}),
        (
            {"prompt": "0.000015", "completion": "0"},
            ("speech",),
            {"prompt": None, "completion": None},
        ),
        (
            {"prompt": "0", "image": "0", "image_output": "0.0000143712574850299"},
            ("image",),
            {"prompt": 0, "image_output": 14.3712574850299},
        ),
        (None, TEXT, {}),
    ],
    ids=[
        "tokens",
        "not per search",
        "variable",
        "elsewhere",
        "free",
        "characters",
        "pictures",
        "nothing",
    ],
)
def test_ppm_has_prices_per_million_tokens_only(
    listed: dict[str, Any] | None, outputs: tuple[str, ...], expected: dict[str, Any]
) -> None:
    assert per_million_tokens(parse_pricing(listed, "a/b", outputs)) == expected


@pytest.mark.parametrize(
    "value",
    [
        "free",
        "NaN",
        "Infinity",
        "1e99999",
        "1e-99999",
        "9e9999999999999",
        "-9e9999999999999",
        "9" * 5_000,
        "200000",
        True,
        [],
        {},
    ],
    ids=lambda value: str(value)[:10],
)
def test_invalid_price_is_rejected_with_its_field(value: object) -> None:
    with pytest.raises(InvalidRecord, match=r"pricing\.completion is "):
        parse_pricing({"prompt": "0.000001", "completion": value}, "a/b", TEXT)


@pytest.mark.parametrize("empty", ["", " ", None])
def test_empty_price_is_not_published(empty: str | None) -> None:
    pricing = parse_pricing({"prompt": empty, "completion": "0.000009"}, "a/b", TEXT)

    assert (pricing.price("prompt"), headline(pricing, TEXT)) == (None, "$9/M out")


UNREADABLE = [
    {"min_prompt_tokens": 1},
    ["x"],
    [{"min_prompt_tokens": 10**400, "prompt": "1"}],
    [{"min_prompt_tokens": 1_000_000_000_001, "prompt": "1"}],
    [{"min_prompt_tokens": 1, "prompt": "1"}] * 51,
    [{"min_prompt_tokens": True, "prompt": "1"}],
    [{"prompt": "1"}],
    [{"utc_start": "0100", "utc_end": "0400", "prompt": "1"}],
    [{"utc_start": 100, "prompt": "1"}],
    [{"utc_start": 160, "utc_end": 400, "prompt": "1"}],
    [{"utc_days": ["caturday"], "prompt": "1"}],
    [{"utc_days": [], "prompt": "1"}],
    [{"utc_days": "monday", "prompt": "1"}],
    [{"region": "eu", "prompt": "1"}],
    [{"min_prompt_tokens": 1, "region": "eu", "prompt": "1"}],
    [{"min_prompt_tokens": 1, "batch": True, "prompt": "1"}],
    [{"min_prompt_tokens": 1, "prompt": "many"}],
    "none",
]


@pytest.mark.promise("P13", "tiers that no page would show")
@pytest.mark.parametrize("overrides", UNREADABLE, ids=lambda overrides: str(overrides)[:40])
def test_unreadable_override_costs_that_override_alone(overrides: object) -> None:
    listed = {"prompt": "0.000005", "completion": "0.00001", "overrides": overrides}
    pricing = parse_pricing(listed, "a/b", TEXT)

    assert (headline(pricing, TEXT), pricing.tiers) == ("$5/M in, $10/M out", ())
    assert pricing.schedule.unreadable > 0


def test_unknown_price_in_an_override_is_ignored() -> None:
    assert tiers({"min_prompt_tokens": 9, "prompt": "0.000003", "video": "0.1", "note": None}) == [
        ("over 9 prompt tokens", {"prompt": "$3/M"})
    ]


PAID = [
    {"image": "0.001"},
    {"audio": "0.0001"},
    {"web_search": "0.01"},
    {"internal_reasoning": "0.000002"},
    {"overrides": [{"min_prompt_tokens": 32_000, "prompt": "0.000001"}]},
    {"overrides": [{"utc_days": ["monday"], "prompt": "0.000001"}]},
    {"overrides": [{"region": "eu", "prompt": "0.000001"}]},
]


@pytest.mark.parametrize("extra", PAID, ids=str)
@pytest.mark.parametrize("model_id", ["a/b", "a/b:free"])
def test_model_that_bills_anything_is_not_free(model_id: str, extra: dict[str, Any]) -> None:
    pricing = parse_pricing({"prompt": "0", "completion": "0", **extra}, model_id, TEXT)

    assert pricing.kind is PricingKind.PRICED
    assert "Free" not in (headline(pricing, TEXT) or "")


@pytest.mark.parametrize(
    ("listed", "amounts"),
    [
        ({"request": "-1"}, {"prompt": "$1/M", "request": "variable"}),
        ({"input_cache_read": "-0.5"}, {"prompt": "$1/M", "input_cache_read": "variable"}),
    ],
    ids=["a fee", "reading from a cache"],
)
def test_negative_amount_is_variable(listed: dict[str, str], amounts: dict[str, str]) -> None:
    pricing = parse_pricing({"prompt": "0.000001", **listed}, "a/b", TEXT)

    assert {price.dimension: format_price(price) for price in pricing.prices} == amounts
    assert all(amount is None or amount > 0 for amount in per_million_tokens(pricing).values())


def test_negative_amount_in_a_tier_is_variable() -> None:
    assert tiers({"min_prompt_tokens": 32_000, "prompt": "-1", "completion": "-1"}) == [
        ("over 32,000 prompt tokens", {"prompt": "variable", "completion": "variable"})
    ]


def test_image_price_equal_to_the_token_price_is_per_token() -> None:
    listed = {"prompt": "0.00001", "completion": "0.00001", "image": "0.00001"}
    price = parse_pricing(listed, "a/b", ("image", "text")).price("image")

    assert price is not None
    assert format_price(price) == "$10/M image tokens"


@pytest.mark.parametrize(
    ("fee", "words"), [("0.01", "+ $0.01/request"), ("-1", "+ a variable fee per request")]
)
def test_headline_names_a_fee_per_request(fee: str, words: str) -> None:
    listed = {"prompt": "0.000001", "completion": "0.000002", "request": fee}

    assert headline(parse_pricing(listed, "a/b", TEXT), TEXT) == f"$1/M in, $2/M out, {words}"
