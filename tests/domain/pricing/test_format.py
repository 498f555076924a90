from decimal import Decimal
from typing import Any

import pytest

from handler.domain.pricing.format import format_decimal, format_usd
from handler.domain.pricing.headline import headline
from handler.domain.pricing.parse import parse_pricing

TEXT = ("text",)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("1", "$1"),
        ("0", "$0"),
        ("0.15", "$0.15"),
        ("2.5", "$2.50"),
        ("0.075", "$0.075"),
        ("1.625", "$1.625"),
        ("14.3712574850299", "$14.37"),
        ("0.0000125", "$0.0000125"),
        ("0.40625", "$0.40625"),
        ("3.41796875", "$3.418"),
        ("1234.5", "$1,234.50"),
        ("100000", "$100,000"),
        ("0.00000000000123456789", "$0.000000000001235"),
        ("0.999999999", "$1"),
    ],
)
def test_usd_amounts_are_short_and_readable(amount: str, expected: str) -> None:
    assert format_usd(Decimal(amount)) == expected


@pytest.mark.parametrize(
    ("model_id", "listed", "outputs", "expected"),
    [
        ("a/b", {"prompt": "0.000001", "completion": "0.000003"}, TEXT, "$1/M in, $3/M out"),
        ("a/b", {"prompt": "0.00000015", "completion": "0"}, ("embeddings",), "$0.15/M in"),
        ("a/b:free", {"prompt": "0", "completion": "0"}, ("image",), "Free"),
        ("openrouter/free", {"prompt": "0", "completion": "0"}, TEXT, "Free"),
        ("stealth/x", {"prompt": "0", "completion": "0"}, TEXT, "Free"),
        ("a/b", {"prompt": "0", "completion": "0"}, ("video",), "Price set by the provider"),
        ("a/b", {"prompt": "0", "completion": "0"}, ("text", "audio"), "Price set by the provider"),
        ("a/b", {"prompt": "0", "completion": "0"}, ("rerank",), "Price set by the provider"),
        ("openrouter/auto", {"prompt": "-1", "completion": "-1"}, TEXT, "Variable price"),
        ("a/b", {}, TEXT, None),
        ("a/b", None, TEXT, None),
        ("a/b", {"prompt": "0.000015", "completion": "0"}, ("speech",), "$15/M characters"),
        ("a/b", {"prompt": "0.000001", "completion": "0.00002"}, ("speech",), "$1/M in, $20/M out"),
        (
            "a/b",
            {"prompt": "0.0043", "completion": "0"},
            ("transcription",),
            "Billed by length of audio",
        ),
        (
            "a/b",
            {"prompt": "0.00001", "completion": "0.00001", "image_output": "0.00004"},
            ("image",),
            "$10/M in, $40/M image tokens out",
        ),
        (
            "a/b",
            {"prompt": "0.00001", "completion": "0.00001", "image_output": "0.00004"},
            ("image", "text"),
            "$10/M in, $10/M out, $40/M image tokens out",
        ),
        (
            "a/b",
            {"prompt": "0", "completion": "0", "image_output": "0.04"},
            ("image",),
            "$0.04/image out",
        ),
        ("a/b", {"prompt": "0", "completion": "0", "request": "0.005"}, TEXT, "$0.005/request"),
    ],
    ids=[
        "per token",
        "input only",
        "free by name",
        "the free router",
        "free text model",
        "video",
        "music",
        "rerank",
        "router",
        "nothing listed",
        "no pricing at all",
        "speech by character",
        "speech by token",
        "transcription",
        "pictures",
        "pictures and text",
        "per picture",
        "per request",
    ],
)
def test_headline_sums_up_the_listed_prices(
    model_id: str, listed: dict[str, Any] | None, outputs: tuple[str, ...], expected: str | None
) -> None:
    assert headline(parse_pricing(listed, model_id, outputs), outputs) == expected


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        ({"min_prompt_tokens": 200000, "prompt": "0.000002"}, "from $1/M in, $2/M out"),
        ({"min_prompt_tokens": 200000, "prompt": "0.0000005"}, "$1/M in, $2/M out"),
        ({"min_prompt_tokens": 200000, "input_cache_read": "1"}, "$1/M in, $2/M out"),
    ],
    ids=["dearer", "cheaper", "only the cache"],
)
def test_headline_begins_with_from_where_a_tier_is_dearer(
    override: dict[str, Any], expected: str
) -> None:
    listed = {"prompt": "0.000001", "completion": "0.000002", "overrides": [override]}

    assert headline(parse_pricing(listed, "a/b", TEXT), TEXT) == expected


@pytest.mark.parametrize("digits", ["0.0000143712574850299", "1", "100000", "0.00000000000000001"])
def test_decimals_have_every_digit_and_no_exponent(digits: str) -> None:
    assert format_decimal(Decimal(digits)) == digits
