"""Lists that would wipe the catalog or fill it with nonsense: each is refused by its gate."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from handler.adapters.openrouter.models import ModelListFile
from handler.domain.errors import BurgeeError, CatalogRejected, SourceError
from handler.domain.ingest.sanity_checks import SanityLimits
from handler.services.refresh import Sources, refresh_catalog, run_scheduled_refresh
from scripts.sample_data.load import newest_records
from tests.services.test_refresh import keeper_of, plain
from tests.support.builders import AS_OF, MemoryStore, catalog_bytes

RECORDS = newest_records()[:150]
STORED = catalog_bytes(RECORDS)
LATER = AS_OF + timedelta(hours=1)
PARTS = plain, LATER, SanityLimits()


def saying(**fields: Any) -> list[dict[str, Any]]:
    return [{**raw, **fields} for raw in RECORDS]


def costing(price: Callable[[float], object]) -> list[dict[str, Any]]:
    def prices(raw: dict[str, Any]) -> dict[str, Any]:
        known = raw["pricing"].items()
        return {k: str(price(float(v))) if isinstance(v, str) else v for k, v in known}

    return [{**raw, "pricing": prices(raw)} for raw in RECORDS]


NO_LIST, LOST, SET_ASIDE = "lists no models", "has lost", "records cannot be models"
NONE, PRICES, POORER = "none of its records", "cost 10 times", "have lost their name or context"
OTHER = "have another {} than before"
BEFORE = [raw["id"] for raw in RECORDS]
LISTS: dict[str, tuple[list[Any], str]] = {
    "empty": ([], NO_LIST),
    "halved": (RECORDS[::2], LOST),
    "one page of many": (RECORDS[:50], LOST),
    "ids with another ending": ([{**raw, "id": f"{raw['id']}-x"} for raw in RECORDS], LOST),
    "ids of another author": ([{**raw, "id": f"x{raw['id'].strip('~')}"} for raw in RECORDS], LOST),
    "ids in capitals": ([{**raw, "id": raw["id"].upper()} for raw in RECORDS], LOST),
    "records of the model beside": (
        [{**raw, "id": i} for raw, i in zip(RECORDS, BEFORE[1:] + BEFORE[:1], strict=True)],
        OTHER.format("name"),
    ),
    "prices of zero": (costing(lambda _: 0), PRICES),
    "prices a thousandfold": (costing(lambda price: price * 1_000), PRICES),
    "a thousandth of prices": (costing(lambda price: price / 1_000), PRICES),
    "prices below zero": (costing(lambda _: -5), PRICES),
    "prices past any number": (costing(lambda _: "1e300"), NONE),
    "prices that are no numbers": (costing(lambda _: "NaN"), NONE),
    "no prices": (saying(pricing=None), PRICES),
    "ids alone": ([{"id": raw["id"]} for raw in RECORDS], POORER),
    "nothing but null": ([{**dict.fromkeys(raw), "id": raw["id"]} for raw in RECORDS], POORER),
    "no names": (saying(name=None), POORER),
    "one name": (saying(name="hacked"), OTHER.format("name")),
    "a name of 60,000 letters": (saying(name="x" * 60_000), OTHER.format("name")),
    "a context of one": (saying(context_length=1), OTHER.format("context length")),
    "a context of none": (saying(context_length=0), POORER),
    "a context below zero": (saying(context_length=-1), NONE),
    "a context in words": (saying(context_length="many"), NONE),
    "a context past any number": (saying(context_length=10**18), NONE),
    "released in the future": (saying(created=32_503_680_000), OTHER.format("time of release")),
    "released past all time": (saying(created=10**18), NONE),
    "weights of one": (saying(hugging_face_id="a/b"), OTHER.format("Hugging Face id")),
    "no modalities": (saying(architecture=None), OTHER.format("kinds of input")),
    "odd modalities": (
        saying(architecture={"input_modalities": ["text"], "output_modalities": ["smell"]}),
        OTHER.format("kinds of input"),
    ),
    "gone since the year 1": (saying(expiration_date="0001-01-01"), OTHER.format("last day")),
    "everything twice": (RECORDS * 2, SET_ASIDE),
    "a flood": (
        [*RECORDS, *({**RECORDS[0], "id": f"a/{n}"} for n in range(1_001))],
        "models that are not known",
    ),
}


@pytest.mark.promise("P12", "poisonous lists, by hand and by schedule")
@pytest.mark.parametrize(("records", "gate"), LISTS.values(), ids=LISTS)
def test_a_poisonous_list_is_refused_by_its_gate_and_changes_not_a_byte(
    records: list[Any], gate: str, tmp_path: Path
) -> None:
    (tmp_path / "list.json").write_text(json.dumps({"data": records}), "utf-8")
    sources = Sources(ModelListFile(tmp_path / "list.json", "OpenRouter"))
    store = MemoryStore(STORED)

    with pytest.raises(BurgeeError, match=gate) as refused:
        refresh_catalog(sources, keeper_of(store), *PARTS, lambda _step: None)

    assert isinstance(refused.value, SourceError if gate == NO_LIST else CatalogRejected)
    assert store.body == STORED


@pytest.mark.promise("P12", "poisonous lists, by hand and by schedule")
@pytest.mark.parametrize(("records", "gate"), LISTS.values(), ids=LISTS)
def test_by_schedule_it_changes_what_pages_say_of_the_list_alone(
    records: list[Any], gate: str, tmp_path: Path
) -> None:
    (tmp_path / "list.json").write_text(json.dumps({"data": records}), "utf-8")
    sources = Sources(ModelListFile(tmp_path / "list.json", "OpenRouter"))
    store = MemoryStore(STORED)
    before = keeper_of(store).load()

    with pytest.raises(BurgeeError, match=gate):
        run_scheduled_refresh(sources, keeper_of(store), *PARTS, lambda _step: None)

    after = keeper_of(store).load()
    assert after.profiles == before.profiles
    assert (after.as_of, after.coverage) == (before.as_of, before.coverage)
    assert after.sources["list"].failing_since == LATER
