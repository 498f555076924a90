from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest

from handler.domain.catalog.profile import EndpointData
from handler.domain.search.filter import DisplayNames
from handler.domain.search.listing import FacetValue, ModelListing, filter_models, page_count
from handler.domain.search.query import parse_query
from handler.domain.search.stored_listing import from_text, load_listing, to_text
from handler.domain.search.summary import summarize
from handler.domain.snapshot.decode import decode_whole
from tests.support.builders import (
    AS_OF,
    HERMES,
    STANDING,
    making,
    model,
    priced,
    profile,
    record,
    record_listing,
    stored,
    withdrawn,
)

SECONDS = int(AS_OF.timestamp())
SEES = {"input_modalities": ["text", "image"], "output_modalities": ["text"]}
OFFERS = EndpointData(AS_OF, ({"provider_name": "Amazon Bedrock", "pricing": {}},))
PROFILES = (
    profile(
        priced(
            "Acme/cheap",
            "0.0000001",
            "0.0000004",
            created=SECONDS - 86_400,
            architecture=SEES,
            supported_parameters=["tools", "seed"],
        )
    ),
    profile(
        priced("acme/dear", "0.00001", "0.00004", context_length=1_000_000), endpoint_data=OFFERS
    ),
    profile(HERMES, arena_rank=STANDING),
    profile(priced("bee/free:free", "0", "0", created=SECONDS - 90 * 86_400, architecture=SEES)),
    profile(record("bee/voice", architecture=making("speech"))),
    withdrawn(priced("bee/gone", "0.0000002", "0.0000002", created=SECONDS - 86_400)),
)


def listing(*profiles: Any) -> ModelListing:
    return load_listing(decode_whole(stored(*(profiles or PROFILES))))


def found_slugs(query_string: str) -> list[str]:
    query = parse_query(parse_qsl(query_string))
    return [row.id.partition("/")[2] for row in filter_models(listing().rows, query)]


@pytest.mark.parametrize(
    ("query_string", "slugs"),
    [
        ("", ["cheap", "free:free", "hermes-4-405b", "dear", "voice"]),
        ("q=hermes+405b", ["hermes-4-405b"]),
        ("q=nous:", ["hermes-4-405b"]),
        ("by=acme", ["cheap", "dear"]),
        ("from=amazon-bedrock", ["dear"]),
        ("has=image-in", ["cheap", "free:free"]),
        ("has=image-in&has=text-in&has=text-out", ["cheap", "free:free"]),
        ("has=speech-out", ["voice"]),
        ("has=tools&has=seed", ["cheap"]),
        ("has=tools&has=logprobs", []),
        ("is=free", ["free:free"]),
        ("is=open", ["hermes-4-405b"]),
        ("is=ranked", ["hermes-4-405b"]),
        ("is=new", ["cheap"]),
        ("is=withdrawn", ["gone"]),
        ("is=withdrawn&is=free", []),
        ("price=0-1", ["cheap", "free:free", "hermes-4-405b"]),
        ("price=0.5-", ["hermes-4-405b", "dear"]),
        ("context=200k", ["dear"]),
        ("sort=name", ["cheap", "dear", "free:free", "voice", "hermes-4-405b"]),
        ("sort=input", ["free:free", "cheap", "hermes-4-405b", "dear", "voice"]),
        ("sort=-input", ["dear", "hermes-4-405b", "cheap", "free:free", "voice"]),
        ("sort=-context", ["dear", "hermes-4-405b", "cheap", "free:free", "voice"]),
        ("sort=rank", ["hermes-4-405b", "cheap", "dear", "free:free", "voice"]),
        ("sort=added", ["hermes-4-405b", "free:free", "cheap", "dear", "voice"]),
    ],
)
def test_matching_models_come_in_the_order_of_the_query(
    query_string: str, slugs: list[str]
) -> None:
    assert found_slugs(query_string) == slugs


def test_newer_of_two_equal_matches_comes_first() -> None:
    ages = {"acme/rock-a": 9, "acme/rock-b": 1, "acme/rock-c": 5}
    profiles = [
        profile(record(model_id, created=SECONDS - 86_400 * days))
        for model_id, days in ages.items()
    ]

    rows = filter_models(listing(*profiles).rows, parse_query([("q", "rock")]))

    assert [row.id for row in rows] == ["acme/rock-b", "acme/rock-c", "acme/rock-a"]


def test_model_is_new_for_thirty_days() -> None:
    days = {29: True, 30: False}
    models = [profile(record(created=SECONDS - 86_400 * age)) for age in days]

    assert [summarize(each, AS_OF).is_new for each in models] == list(days.values())


def test_an_author_has_the_name_that_most_models_give() -> None:
    names = {"acme/1": "ACME: One", "acme/2": "Acme: Two", "acme/3": "Acme: Three"}
    profiles = [profile(record(model_id, name=name)) for model_id, name in names.items()]

    assert listing(*profiles).facets["author"] == (FacetValue("acme", "Acme", 3),)


def test_facets_are_the_values_of_listed_models() -> None:
    known = listing()

    assert {name: values for name, values in known.facets.items() if values} == {
        "author": (
            FacetValue("acme", "Acme", 2),
            FacetValue("bee", "bee", 2),
            FacetValue("nousresearch", "Nous", 1),
        ),
        "provider": (FacetValue("amazon-bedrock", "Amazon Bedrock", 1),),
        "inputs": (FacetValue("text", "text", 4), FacetValue("image", "image", 2)),
        "outputs": (FacetValue("text", "text", 3), FacetValue("speech", "speech", 1)),
        "parameters": (
            FacetValue("tools", "tools", 1),
            FacetValue("seed", "seed", 1),
            FacetValue("max_tokens", "max_tokens", 1),
            FacetValue("temperature", "temperature", 1),
        ),
    }
    assert known.names == DisplayNames(
        {"acme": "Acme", "nousresearch": "Nous", "bee": "bee"}, {"amazon-bedrock": "Amazon Bedrock"}
    )


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (100, 1), (101, 2), (540, 6)])
def test_page_has_a_hundred_rows(count: int, pages: int) -> None:
    row = listing().rows[0]

    assert page_count([row] * count) == pages


def test_price_change_of_the_last_thirty_days_is_marked() -> None:
    old = profile(priced("acme/one", "0.000001", "0.000004"))
    now = model(priced("acme/one", "0.000002", "0.000004"))
    recent = record_listing(old.history, now, AS_OF + timedelta(days=1))
    changed = old._replace(model=now, history=recent)

    assert summarize(changed, AS_OF + timedelta(days=30)).is_changed
    assert not summarize(changed, AS_OF + timedelta(days=31)).is_changed
    assert not summarize(old, AS_OF).is_changed


def test_blended_price_is_three_parts_input_and_one_output() -> None:
    by_token = profile(priced("acme/one", "0.000001", "0.000005"))
    half_known = profile(priced("acme/two", "0.000001", ""))

    assert summarize(by_token, AS_OF).blended_price == 2
    assert summarize(half_known, AS_OF).blended_price is None


def test_listing_from_before_a_column_is_built_anew() -> None:
    known = listing()
    lines = to_text(known).splitlines(keepends=True)
    older = b"".join(line for line in lines if not line.startswith(b'["blended_price"'))

    assert from_text(b"".join(lines)) == known
    assert from_text(older) is None
