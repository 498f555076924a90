from decimal import Decimal
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.domain.search.filters import FILTERS
from handler.domain.search.query import PARAMETERS, ActiveFilter, ModelQuery, parse_query
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
        "is=nothing&sort=price&page=0&page=x&page=1",
        "by=a/b&from=x%00y&has=&has=%3Cscript%3E-in",
        "price=free&context=9-1-5&sort=-added",
        "PRICE=0-5&b%79x=1&%ff=%ff",
    ],
)
def test_unreadable_values_change_nothing(query_string: str) -> None:
    assert parse(query_string) == ModelQuery()
    assert ModelQuery().to_query_string() == ""


@given(
    st.lists(st.tuples(st.sampled_from(PARAMETERS), st.text() | st.sampled_from(["1-2", "free"])))
)
def test_parsing_never_fails_and_canonical_form_is_stable(pairs: list[tuple[str, str]]) -> None:
    query = parse_query(pairs)

    assert parse(query.to_query_string()) == query


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_hostile_text_stays_short_and_stable(text: str) -> None:
    query = parse_query((name, text) for name in PARAMETERS)

    assert len(query.to_query_string()) <= 1_000
    assert parse(query.to_query_string()) == query
