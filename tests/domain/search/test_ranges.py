import pytest

from handler.domain.search.ranges import PRICE, TOKENS, Quantity, parse_range


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("0,5", "0-0.5"),
        (".5", "0-0.5"),
        ("<5", "0-5"),
        ("<=5", "0-5"),
        ("≤ 5", "0-5"),
        ("up to 5", "0-5"),
        (">1", "1-"),
        ("≥1", "1-"),
        ("5+", "5-"),
        ("1–5", "1-5"),
        ("$1 to $5", "1-5"),
        ("5/m", "0-5"),
        ("$0.5/M tokens", "0-0.5"),
        ("5 usd", "0-5"),
        ("0,500", "0-0.5"),
        ("1,500.00", "0-1500"),
        ("9-1", "1-9"),
        ("1,500", None),
        ("5m", None),
        ("five", None),
        ("-", None),
        ("", None),
    ],
)
def test_price_is_read_as_people_type_it(text: str, price: str | None) -> None:
    assert read(text, PRICE) == price


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("200K+", "200000-"),
        ("128k tokens", "128000-"),
        ("128k+ context", "128000-"),
        ("1.5m", "1500000-"),
        ("1,5m", "1500000-"),
        ("1,048,576", "1048576-"),
        ("128,000", "128000-"),
        ("128-200k", "128000-200000"),
        ("128-2000", "128-2000"),
        ("128k–1M", "128000-1000000"),
        ("<32k", "0-32000"),
        ("0.5", None),
        ("128.000", None),
        ("$5", None),
    ],
)
def test_context_is_read_as_people_type_it(text: str, tokens: str | None) -> None:
    assert read(text, TOKENS) == tokens


def read(text: str, quantity: Quantity) -> str | None:
    found = parse_range(text.lower(), quantity)
    return None if found is None else str(found)
