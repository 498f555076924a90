from decimal import Decimal
from urllib.parse import parse_qsl

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handler.domain.search.filters import FILTERS
from handler.domain.search.query import PARAMETERS, ActiveFilter, ModelQuery, Unread, parse_query
from handler.domain.search.ranges import Range
from tests.support.hostile.text import HOSTILE_TEXT


def parse(query_string: str) -> ModelQuery:
    return parse_query(parse_qsl(query_string, keep_blank_values=True))


FULL = ModelQuery(
    filters=(
        ActiveFilter("text", "flash lite"),
        ActiveFilter("author", "google"),
        ActiveFilter("provider", "amazon-bedrock"),
        ActiveFilter("inputs", "audio"),
        ActiveFilter("inputs", "image"),
        ActiveFilter("outputs", "text"),
        ActiveFilter("parameters", "seed"),
        ActiveFilter("parameters", "tools"),
        ActiveFilter("flags", "free"),
        ActiveFilter("flags", "ranked"),
        ActiveFilter("price", Range(None, Decimal(5))),
        ActiveFilter("context", Range(Decimal(128_000), None)),
    ),
    sort="-context",
    page=2,
)
CANONICAL = (
    "q=flash+lite&by=google&from=amazon-bedrock"
    "&has=audio-in&has=image-in&has=text-out&has=seed&has=tools"
    "&is=free&is=ranked&price=0-5&context=128000-&sort=-context&page=2"
)


@pytest.mark.parametrize(
    "query_string",
    [
        CANONICAL,
        "page=2&sort=-context&is=ranked&is=free&is=free"
        "&has=tools&has=seed&has=image-in&has=text-out&has=audio-in"
        "&context=128K&price=%245&from=Amazon-Bedrock&by=GOOGLE&q=+Flash+++Lite&utm_source=x",
    ],
    ids=["canonical", "another order, case and spelling"],
)
def test_every_spelling_has_one_canonical_form(query_string: str) -> None:
    assert parse(query_string) == FULL
    assert FULL.to_query_string() == CANONICAL


def test_every_filter_and_parameter_is_in_the_full_query() -> None:
    assert {active.name for active in FULL.filters} == {each.name for each in FILTERS}
    assert {name for name, _ in parse_qsl(FULL.to_query_string())} == set(PARAMETERS)


@pytest.mark.parametrize("active", FULL.filters, ids=str)
def test_query_without_a_filter_is_its_first_page(active: ActiveFilter) -> None:
    less = FULL.without(active)

    assert [other for other in FULL.filters if other not in less.filters] == [active]
    assert (less.sort, less.page) == (FULL.sort, 1)


@pytest.mark.parametrize(
    "query_string",
    [
        "",
        "q=&by=&price=&context=&sort=&page=",
        "page=0&page=x&page=1&sort=-added&price=0-",
        "PRICE=0-5&b%79x=1&%ff=%ff",
    ],
)
def test_empty_and_unknown_parameters_change_nothing(query_string: str) -> None:
    assert parse(query_string) == ModelQuery()
    assert ModelQuery().to_query_string() == ""


@pytest.mark.parametrize(
    ("query_string", "unread"),
    [
        ("price=free", [("price", "free")]),
        ("price=1%2C500", [("price", "1,500")]),
        ("price=1&price=lots", [("price", "lots")]),
        ("price=1&price=2&price=3", [("price", "3")]),
        ("price=0&price=%3A&price=0", [("price", ":")]),
        ("context=lots&context=1k&context=8k", [("context", "lots"), ("context", "8k")]),
        ("context=9-1-5", [("context", "9-1-5")]),
        ("is=Nothing&is=free", [("is", "Nothing")]),
        ("sort=price", [("sort", "price")]),
        ("by=a/b&has=%3Cscript%3E-in", [("by", "a/b"), ("has", "<script>-in")]),
        ("by=a&by=b", [("by", "b")]),
        ("from=" + "x" * 61, [("from", "x" * 24 + "…")]),
        ("q=" + "x" * 70, [("q", "x" * 60 + "…")]),
    ],
)
def test_value_that_is_not_understood_is_kept_as_typed(
    query_string: str, unread: list[tuple[str, str]]
) -> None:
    query = parse(query_string)

    assert query.unread == tuple(Unread(*each) for each in unread)
    assert parse(query.to_query_string()) == query


@pytest.mark.parametrize(
    ("query_string", "canonical"),
    [
        ("price=1&price=5", "price=1-5"),
        ("price=&price=5", "price=0-5"),
        ("price=5&price=", "price=5-"),
        ("price=5&price=1", "price=1-5"),
        ("context=128k&context=", "context=128000-"),
        ("context=&context=1m", "context=0-1000000"),
        ("price=&price=", ""),
    ],
)
def test_two_values_are_minimum_and_maximum(query_string: str, canonical: str) -> None:
    assert parse(query_string).to_query_string() == canonical


def test_default_order_is_best_match_while_a_text_is_searched() -> None:
    found = parse("q=hermes")

    assert (found.sort, found.to_query_string()) == ("match", "q=hermes")
    assert found.without(found.filters[0]) == ModelQuery()
    assert parse("q=hermes&sort=-added").to_query_string() == "q=hermes&sort=-added"
    assert parse("sort=match") == ModelQuery()


VALUES = ["", ":", "0", "5", "8k", "<5", ">3", "1-2", "free", "a", "a/b", "A-in", "a-in", "-name"]


@given(st.lists(st.tuples(st.sampled_from(PARAMETERS), st.text() | st.sampled_from(VALUES))))
@example([("price", "0"), ("price", ":"), ("price", "0")])
@example([("price", ">3"), ("price", "<0"), ("price", ">3")])
def test_parsing_never_fails_and_canonical_form_is_stable(pairs: list[tuple[str, str]]) -> None:
    query = parse_query(pairs)

    assert parse(query.to_query_string()) == query


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_hostile_text_stays_short_and_stable(text: str) -> None:
    query = parse_query((name, text) for name in PARAMETERS)

    assert len(query.to_query_string()) <= 3_000
    assert parse(query.to_query_string()) == query
