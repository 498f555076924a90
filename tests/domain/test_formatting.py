import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.domain.formatting import format_script_json, format_token_count
from tests.support.hostile.text import HOSTILE_TEXT


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_script_json_cannot_end_its_element(text: str) -> None:
    formatted = format_script_json({"key": text, text: "\u2028\u2029"})

    assert not set("<>&\u2028\u2029") & set(formatted)
    assert json.loads(formatted) == {"key": text, text: "\u2028\u2029"}


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "0"),
        (512, "512"),
        (999, "999"),
        (1_000, "1K"),
        (4_095, "4K"),
        (7_500, "7.5K"),
        (8_192, "8.1K"),
        (9_999, "9.9K"),
        (32_768, "32K"),
        (131_072, "131K"),
        (262_144, "262K"),
        (999_999, "999K"),
        (1_000_000, "1M"),
        (1_048_576, "1M"),
        (1_050_000, "1M"),
        (1_310_720, "1.3M"),
        (1_999_999, "1.9M"),
        (10_000_000, "10M"),
        (10**12, "1000000M"),
    ],
)
def test_token_counts_are_abbreviated_and_rounded_down(count: int, expected: str) -> None:
    assert format_token_count(count) == expected


@given(st.integers(0, 10**12))
def test_a_short_token_count_is_never_more_than_the_count(count: int) -> None:
    short = format_token_count(count)
    scale = {"K": 1_000, "M": 1_000_000}.get(short[-1], 1)

    shown = Decimal(short.rstrip("KM")) * scale

    assert shown <= count < shown * Decimal("1.1") + 1
