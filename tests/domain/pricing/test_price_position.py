from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.domain.catalog.model import Model
from handler.domain.pricing.price_position import (
    PricePosition,
    blended_price,
    build_price_scales,
    find_price_position,
    format_price_position,
)
from handler.domain.snapshot.decode import decode_whole
from tests.support.builders import making, model, priced, profile, record, stored, withdrawn

EMBEDDINGS = {"architecture": making("embeddings")}


def text_model(micros: int, name: str = "", **fields: Any) -> Model:
    """Return a text model whose tokens cost this many dollars per million, in and out."""
    price = f"{Decimal(micros) / 1_000_000:f}"
    raw = priced(f"acme/{name or micros}", price, price, architecture=making("text"), **fields)
    return model(raw)


HUNDRED = [text_model(micros) for micros in range(1, 101)]


@pytest.mark.parametrize(
    ("micros", "words"),
    [
        (1, "Cheaper than 95% of paid text models"),
        (28, "Cheaper than 70% of paid text models"),
        (50, "About the median price of paid text models"),
        (51, "Costs more than 50% of text models"),
        (85, "Costs more than 80% of text models"),
        (1_000, "Costs more than 95% of text models"),
    ],
)
def test_position_in_words_is_a_share_of_the_models(micros: int, words: str) -> None:
    position = find_price_position(text_model(micros), build_price_scales(HUNDRED))

    assert position is not None
    assert format_price_position(position) == words


def test_equal_prices_are_about_the_median() -> None:
    position = find_price_position(
        text_model(1), build_price_scales([text_model(1, f"m{n}") for n in range(20)])
    )

    assert position == PricePosition("text", 0, 0)
    assert format_price_position(position) == "About the median price of paid text models"


@given(st.lists(st.integers(1, 60), min_size=20, max_size=90), st.integers(1, 60))
def test_no_share_says_more_than_the_list(listed: list[int], own: int) -> None:
    scales = build_price_scales([text_model(each, f"m{n}") for n, each in enumerate(listed)])

    position = find_price_position(text_model(own), scales)

    assert position is not None
    assert position.dearer * len(listed) <= 100 * sum(each > own for each in listed)
    assert position.cheaper * len(listed) <= 100 * sum(each < own for each in listed)


@pytest.mark.parametrize(
    "raw",
    [
        record(),
        priced("acme/free", "0", "0", architecture=making("text")),
        priced("acme/router", "-1", "-1", architecture=making("text")),
        priced("acme/image", "0.000001", "0.000001", architecture=making("text", "image")),
        priced("acme/voice", "0.000015", "0", architecture=making("speech")),
        priced("acme/unknown", "0.000015", "0.000015"),
        priced("acme/embed", "0.000015", "0", **EMBEDDINGS),
    ],
    ids=lambda raw: raw["id"],
)
def test_models_of_other_kinds_have_no_position(raw: dict[str, Any]) -> None:
    assert find_price_position(model(raw), build_price_scales(HUNDRED)) is None


def test_embeddings_have_a_scale_of_input_prices() -> None:
    listed = [model(priced(f"acme/{n}", f"0.0000{n}", "0", **EMBEDDINGS)) for n in range(11, 31)]

    position = find_price_position(listed[0], build_price_scales(listed))

    assert position is not None
    assert format_price_position(position) == "Cheaper than 90% of paid embedding models"


def test_few_models_are_no_scale() -> None:
    assert build_price_scales(HUNDRED[:19]) == {}


def test_free_models_and_aliases_are_not_counted() -> None:
    alias = text_model(1, "latest", alias_target={"slug": "acme/1"})
    free = model(priced("acme/free", "0", "0", architecture=making("text")))

    assert build_price_scales([*HUNDRED[:19], alias, free]) == {}


def test_blended_price_is_three_parts_input() -> None:
    raw = priced("acme/one", "0.000001", "0.000005", architecture=making("text"))

    assert blended_price(model(raw)) == Decimal(2)


def test_snapshot_stores_the_scale_of_listed_models() -> None:
    raws = [
        priced(f"acme/m{n}", "0.000001", "0.000001", architecture=making("text")) for n in range(20)
    ]
    gone = withdrawn(priced("acme/gone", "0.000009", "0.000009", architecture=making("text")))

    catalog = decode_whole(stored(*map(profile, raws), gone))

    assert catalog.price_scales == {"text": (Decimal(1),) * 19}
