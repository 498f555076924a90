from decimal import Decimal

import pytest

from handler.domain.search.filter import parse_suffixed
from handler.domain.search.query import parse_query
from handler.domain.search.ranges import Range


@pytest.mark.parametrize(
    ("value", "price", "context"),
    [
        ("5", Range(None, Decimal(5)), Range(Decimal(5), None)),
        ("9-1", Range(Decimal(1), Decimal(9)), Range(Decimal(1), Decimal(9))),
        ("0-5", Range(None, Decimal(5)), Range(None, Decimal(5))),
        ("-5", Range(None, Decimal(5)), Range(None, Decimal(5))),
        ("0.25-", Range(Decimal("0.25"), None), None),
        ("128k-1M", None, Range(Decimal(128_000), Decimal(1_000_000))),
        ("$1 - $5", Range(Decimal(1), Decimal(5)), None),
        ("128,000", None, Range(Decimal(128_000), None)),
        ("-", None, None),
        ("0-", None, None),
        ("1-2-3", None, None),
        ("1e9", None, None),
        ("12345678901-", None, None),
    ],
)
def test_lone_number_is_highest_price_and_shortest_context(
    value: str, price: Range | None, context: Range | None
) -> None:
    query = parse_query([("price", value), ("context", value)])

    assert query.values("price") == ([price] if price else [])
    assert query.values("context") == ([context] if context else [])


@pytest.mark.parametrize(
    ("limits", "value", "is_within"),
    [
        (Range(None, Decimal(1)), None, False),
        (Range(None, Decimal(1)), Decimal(0), True),
        (Range(Decimal(1), Decimal(2)), 2, True),
        (Range(Decimal(1), Decimal(2)), Decimal("2.01"), False),
        (Range(Decimal(1), None), Decimal("0.99"), False),
    ],
)
def test_unknown_value_is_in_no_range(
    limits: Range, value: Decimal | int | None, is_within: bool
) -> None:
    assert limits.contains(value) is is_within


@pytest.mark.parametrize(
    ("suffix", "words"), [("-in", ["image"]), ("-out", ["text"]), ("", ["in-one", "seed", "tools"])]
)
def test_suffixes_tell_filters_of_one_parameter_apart(suffix: str, words: list[str]) -> None:
    values = ["tools", "image-in", "text-out", "seed", "tools", "-in", "in-one", "a/b-in"]

    assert parse_suffixed(values, suffix) == (words, ["-in", "a/b-in"])
