"""Sixty queries as people type them, written before the search, with the answer that they expect.

The first answer is the first match, or the first suggestion where nothing matches.
"""

from pathlib import Path

import pytest

from handler.domain.catalog.profile import EndpointData
from handler.domain.search.listing import ModelListing, build_listing, filter_models
from handler.domain.search.query import parse_query
from handler.domain.search.suggest import find_suggestions
from handler.domain.search.understand import understand
from scripts.sample_data.load import newest_endpoints, newest_records
from tests.support.builders import AS_OF, profile
from tests.support.external import each_shared_catalog
from tests.support.real_lists import records_of

MIN_RIGHT = 57
QUERIES = {
    # without spaces, hyphens, dots or capitals as in the name
    "gpt4o": "openai/gpt-4o",
    "gpt 4o": "openai/gpt-4o",
    "GPT-4o mini": "openai/gpt-4o-mini",
    "gpt4omini": "openai/gpt-4o-mini",
    "gpt 4.1": "openai/gpt-4.1",
    "gpt41 nano": "openai/gpt-4.1-nano",
    "gptoss 120b": "openai/gpt-oss-120b",
    "gpt oss 20b": "openai/gpt-oss-20b",
    "claude-sonnet-4-5": "anthropic/claude-sonnet-4.5",
    "claude sonnet 4.5": "anthropic/claude-sonnet-4.5",
    "sonnet 4.5": "anthropic/claude-sonnet-4.5",
    "claude 4.5 sonnet": "anthropic/claude-sonnet-4.5",
    "claude3haiku": "anthropic/claude-3-haiku",
    "opus4.1": "anthropic/claude-opus-4.1",
    "anthropic opus 4.6": "anthropic/claude-opus-4.6",
    "gemini2.5pro": "google/gemini-2.5-pro",
    "gemini 2.5 flash": "google/gemini-2.5-flash",
    "gemini flash lite 2.5": "google/gemini-2.5-flash-lite",
    "google/gemini-2.5-pro": "google/gemini-2.5-pro",
    "llama3.3": "meta-llama/llama-3.3-70b-instruct",
    "llama 3.1 8b": "meta-llama/llama-3.1-8b-instruct",
    "llama 70b 3.3": "meta-llama/llama-3.3-70b-instruct",
    "llama4 maverick": "meta-llama/llama-4-maverick",
    "scout": "meta-llama/llama-4-scout",
    "deepseek v3": "deepseek/deepseek-chat",
    "deepseek v3.2": "deepseek/deepseek-v3.2",
    "deepseekr1": "deepseek/deepseek-r1",
    "r1 0528": "deepseek/deepseek-r1-0528",
    "qwen 3 coder": "qwen/qwen3-coder",
    "qwen3 235b": "qwen/qwen3-235b-a22b",
    "kimi k2": "moonshotai/kimi-k2",
    "kimik2.5": "moonshotai/kimi-k2.5",
    "moonshot k2 thinking": "moonshotai/kimi-k2-thinking",
    "glm 4.6": "z-ai/glm-4.6",
    "glm4.5air": "z-ai/glm-4.5-air",
    "phi4": "microsoft/phi-4",
    "o3": "openai/o3",
    "o4mini": "openai/o4-mini",
    "hermes 405b": "nousresearch/hermes-4-405b",
    "mistral large 2512": "mistralai/mistral-large-2512",
    "mistral nemo": "mistralai/mistral-nemo",
    "mythomax": "gryphe/mythomax-l2-13b",
    "codestral": "mistralai/codestral-2508",
    # misspelt
    "cluade opus 4.5": "anthropic/claude-opus-4.5",
    "gemni 2.5 flash": "google/gemini-2.5-flash",
    "mistrall nemo": "mistralai/mistral-nemo",
    "deepseak r1": "deepseek/deepseek-r1",
    "sonet 4.5": "anthropic/claude-sonnet-4.5",
    "maverik": "meta-llama/llama-4-maverick",
    "qwne3 coder": "qwen/qwen3-coder",
    "hremes 4 405b": "nousresearch/hermes-4-405b",
    # with filters in words
    "free gemma 4 31b": "google/gemma-4-31b-it:free",
    "gpt-5 mini with tools": "openai/gpt-5-mini",
    "gemini 2.5 flash image": "google/gemini-2.5-flash-image",
    "claude opus 4.1 vision": "anthropic/claude-opus-4.1",
    "sonnet 4.5 200k+ context tools": "anthropic/claude-sonnet-4.5",
    "kimi k2 thinking under $5": "moonshotai/kimi-k2-thinking",
    # with authors and providers in words
    "llama 3.3 by meta": "meta-llama/llama-3.3-70b-instruct",
    "gpt-oss-120b from groq": "openai/gpt-oss-120b",
    "nvidia nemotron nano 9b free": "nvidia/nemotron-nano-9b-v2:free",
}


def sample_listing() -> ModelListing:
    offers = {i: EndpointData(AS_OF, tuple(each)) for i, each in newest_endpoints().items()}
    records = newest_records()
    return build_listing([profile(r, endpoint_data=offers.get(r["id"])) for r in records], AS_OF)


def first_answer(listing: ModelListing, text: str) -> str:
    """Return the id that a query finds or suggests first, empty for none."""
    query = understand(parse_query([("q", text)]), listing)
    rows = filter_models(listing.rows, query) or find_suggestions(listing, query)
    return rows[0].id if rows else ""


def wrong_answers(listing: ModelListing) -> dict[str, tuple[str, str]]:
    """Return the expected and the first answer of the queries of known models that differ."""
    ids = {row.id for row in listing.rows}
    answers = {text: (expected, first_answer(listing, text)) for text, expected in QUERIES.items()}
    return {text: pair for text, pair in answers.items() if pair[0] in ids and pair[0] != pair[1]}


def test_most_queries_of_people_find_their_model_first() -> None:
    wrong = wrong_answers(sample_listing())

    assert len(QUERIES) == 60
    assert len(QUERIES) - len(wrong) >= MIN_RIGHT, wrong


@pytest.mark.parametrize("path", each_shared_catalog())
def test_queries_of_people_find_models_of_real_lists(path: Path) -> None:
    listing = build_listing([profile(raw) for raw in records_of(path)], AS_OF)
    known = [expected for expected in QUERIES.values() if expected in {r.id for r in listing.rows}]
    wrong = wrong_answers(listing)

    assert 20 * (len(known) - len(wrong)) >= 19 * len(known), wrong
