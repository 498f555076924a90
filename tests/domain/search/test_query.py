from decimal import Decimal
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.domain.search.query import ANY, PARAMETERS, ModelQuery, Range, parse_query
from tests.support.hostile.text import HOSTILE_TEXT


def asked(encoded: str) -> ModelQuery:
    return parse_query(parse_qsl(encoded, keep_blank_values=True))


FULL = ModelQuery(
    text="flash lite",
    author="google",
    provider="amazon-bedrock",
    inputs=("audio", "image"),
    outputs=("text",),
    parameters=("seed", "tools"),
    flags=("free", "ranked"),
    price=Range(None, Decimal(5)),
    context=Range(Decimal(128_000), None),
    sort="-context",
    page=2,
)
CANONICAL = (
    "q=flash+lite&by=google&from=amazon-bedrock"
    "&has=audio-in&has=image-in&has=text-out&has=seed&has=tools"
    "&is=free&is=ranked&price=0-5&context=128000-&sort=-context&page=2"
)


@pytest.mark.parametrize(
    "encoded",
    [
        CANONICAL,
        "page=2&sort=-context&is=ranked&is=free&is=free"
        "&has=tools&has=seed&has=image-in&has=text-out&has=audio-in"
        "&context=128K&price=%245&from=Amazon-Bedrock&by=GOOGLE&q=+Flash+++Lite&utm_source=x",
    ],
    ids=["canonical", "another order, case and spelling"],
)
def test_every_spelling_of_a_query_has_one_canonical_form(encoded: str) -> None:
    assert asked(encoded) == FULL
    assert FULL.to_query_string() == CANONICAL


def test_the_canonical_form_names_no_more_than_is_read() -> None:
    assert {name for name, _ in FULL.to_params()} == set(PARAMETERS)


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "q=&by=&price=&context=&sort=&page=",
        "is=nothing&sort=price&page=0&page=x&page=1",
        "by=a/b&from=x%00y&has=&has=%3Cscript%3E-in",
        "price=free&context=9-1-5&sort=-added",
        "PRICE=0-5&b%79x=1&%ff=%ff",
    ],
)
def test_what_cannot_be_read_changes_nothing(encoded: str) -> None:
    assert asked(encoded) == ModelQuery()
    assert ModelQuery().to_query_string() == ""


THOUSANDS = Range(Decimal(1_000), Decimal(1_000_000))


@pytest.mark.parametrize(
    ("value", "price", "context"),
    [
        ("5", Range(None, Decimal(5)), Range(Decimal(5), None)),
        ("9-1", Range(Decimal(1), Decimal(9)), Range(Decimal(1), Decimal(9))),
        ("0-5", Range(None, Decimal(5)), Range(None, Decimal(5))),
        ("-5", Range(None, Decimal(5)), Range(None, Decimal(5))),
        ("0.25-", Range(Decimal("0.25"), None), Range(Decimal("0.25"), None)),
        ("128k-1M",) + (Range(Decimal(128_000), Decimal(1_000_000)),) * 2,
        ("$1 - $5", Range(Decimal(1), Decimal(5)), Range(Decimal(1), Decimal(5))),
        ("128,000", Range(None, Decimal(128_000)), Range(Decimal(128_000), None)),
        ("-", ANY, ANY),
        ("0-", ANY, ANY),
        ("1-2-3", ANY, ANY),
        ("1e9", ANY, ANY),
        ("12345678901-", ANY, ANY),
    ],
)
def test_a_range_is_one_value_and_one_number_is_the_end_that_people_mean(
    value: str, price: Range, context: Range
) -> None:
    query = parse_query([("price", value), ("context", value)])

    assert (query.price, query.context) == (price, context)


@pytest.mark.parametrize(
    ("limits", "value", "holds"),
    [
        (ANY, None, True),
        (Range(None, Decimal(1)), None, False),
        (Range(None, Decimal(1)), Decimal(0), True),
        (Range(Decimal(1), Decimal(2)), 2, True),
        (Range(Decimal(1), Decimal(2)), Decimal("2.01"), False),
        (Range(Decimal(1), None), Decimal("0.99"), False),
    ],
)
def test_what_is_not_known_lies_in_no_range(
    limits: Range, value: Decimal | int | None, holds: bool
) -> None:
    assert limits.contains(value) is holds


@given(
    st.lists(st.tuples(st.sampled_from(PARAMETERS), st.text() | st.sampled_from(["1-2", "free"])))
)
def test_reading_never_fails_and_the_canonical_form_reads_as_itself(
    pairs: list[tuple[str, str]],
) -> None:
    query = parse_query(pairs)

    assert asked(query.to_query_string()) == query


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_hostile_text_stays_short_and_plain(text: str) -> None:
    query = parse_query((name, text) for name in PARAMETERS)

    assert len(query.to_query_string()) <= 1_000
    assert asked(query.to_query_string()) == query
