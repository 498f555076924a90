from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.domain.catalog.profile import EndpointData
from handler.domain.search.listing import build_listing, filter_models
from handler.domain.search.query import ModelQuery, parse_query
from handler.domain.search.suggest import find_suggestions
from handler.domain.search.understand import understand
from tests.support.builders import AS_OF, priced, profile


def seeing(model_id: str, *inputs: str, **fields: Any) -> dict[str, Any]:
    """Return the record of a model of text and other inputs, with tools."""
    architecture = {"input_modalities": ["text", *inputs], "output_modalities": ["text"]}
    tools = {"architecture": architecture, "supported_parameters": ["tools"]}
    return priced(model_id, "0.000001", "0.000002", **tools, **fields)


OFFERS = EndpointData(AS_OF, ({"provider_name": "Groq", "pricing": {}},))
LISTING = build_listing(
    [
        profile(seeing("acme/lynx", "image", context_length=200_000), endpoint_data=OFFERS),
        profile(seeing("acme/lynx-flash", "image", "audio", context_length=8_000)),
        profile(seeing("bee/owl-vision")),
        profile(priced("bee/owl:free", "0", "0")),
    ],
    AS_OF,
)
WORDS = [
    "free",
    "vision",
    "tools",
    "under",
    "over",
    "<",
    "$1",
    "$1-$5",
    "200k",
    "128k+",
    "context",
    "by",
    "from",
    "on",
    "acme",
    "bee",
    "groq",
    "with",
    "and",
    "lynx",
    "owl",
    "flash",
    "models",
    "-",
    '"',
    "“",
    "$",
]


def read(text: str) -> ModelQuery:
    return understand(parse_query([("q", text)]), LISTING)


@pytest.mark.parametrize(
    ("text", "query_string"),
    [
        ("vision tools under $1 200k", "has=image-in&has=tools&price=0-1&context=200000-"),
        ("lynx with images and audio", "q=lynx&has=audio-in&has=image-in"),
        ("free models", "is=free"),
        ("open weights", "is=open"),
        ("owl over $2", "q=owl&price=2-"),
        ("$1-$5 128k+ context", "price=1-5&context=128000-"),
        ("lynx by acme", "q=lynx&by=acme"),
        ("from Groq", "from=groq"),
        ("tools from acme", "by=acme&has=tools"),
        ("json pdf reasoning", "has=file-in&has=reasoning&has=structured_outputs"),
        ('"vision"', "q=%22vision%22"),
        ("owl vision", "q=owl+vision"),
        ("lynx cheap", "q=lynx+cheap"),
        ("lynx from nowhere", "q=lynx+from+nowhere"),
    ],
)
def test_words_with_a_meaning_become_filters(text: str, query_string: str) -> None:
    assert read(text).to_query_string() == query_string


def test_words_narrow_the_ranges_of_the_form() -> None:
    query = understand(parse_query([("q", "under $1"), ("price", "0.5-5")]), LISTING)

    assert query.to_query_string() == "price=0.5-1"


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8))
def test_understood_query_is_understood_as_itself(words: list[str]) -> None:
    query = read(" ".join(words))

    assert understand(parse_query(parse_qsl(query.to_query_string())), LISTING) == query


@pytest.mark.parametrize("text", ["$", "{}", "…"])
def test_text_without_letters_matches_nothing(text: str) -> None:
    assert filter_models(LISTING.rows, read(text)) == []


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("lnyx", ["acme/lynx", "acme/lynx-flash"]),
        ("lynxx flsh", ["acme/lynx-flash"]),
        ("ownl free", ["bee/owl:free"]),
        ("zzzzzz", []),
        ("free under $1", []),
    ],
)
def test_near_misses_are_suggested(text: str, ids: list[str]) -> None:
    assert [row.id for row in find_suggestions(LISTING, read(text))] == ids
