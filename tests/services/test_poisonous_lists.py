"""Lists that would empty the catalog or fill it with nonsense. Sanity checks reject each."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from handler.adapters.openrouter.models import ModelListFile
from handler.domain.errors import BurgeeError, CatalogRejected, SourceError
from handler.domain.ingest.sanity_checks import SanityLimits
from handler.services.refresh import refresh_catalog, run_scheduled_refresh
from handler.services.sources import Sources
from scripts.sample_data.load import newest_records
from tests.support.builders import AS_OF, MemoryStore, catalog_bytes
from tests.support.fakes import ignore_progress, memory_repository, render_plain

RECORDS = newest_records()[:150]
STORED = catalog_bytes(RECORDS)
LATER = AS_OF + timedelta(hours=1)
ARGUMENTS = render_plain, LATER, SanityLimits(), ignore_progress


def with_fields(**fields: Any) -> list[dict[str, Any]]:
    return [{**raw, **fields} for raw in RECORDS]


def with_prices(price: Callable[[float], object]) -> list[dict[str, Any]]:
    def prices(raw: dict[str, Any]) -> dict[str, Any]:
        pricing = raw["pricing"].items()
        return {k: str(price(float(v))) if isinstance(v, str) else v for k, v in pricing}

    return [{**raw, "pricing": prices(raw)} for raw in RECORDS]


NO_LIST, LOST, SKIPPED = "lists no models", "has lost", "records cannot be models"
NONE, PRICES, LOST_FACTS = "none of its records", "cost 10 times", "have lost their name or context"
REWRITTEN = "have another {} than before"
IDS = [raw["id"] for raw in RECORDS]
LISTS: dict[str, tuple[list[Any], str]] = {
    "empty": ([], NO_LIST),
    "halved": (RECORDS[::2], LOST),
    "one page of many": (RECORDS[:50], LOST),
    "ids with another ending": ([{**raw, "id": f"{raw['id']}-x"} for raw in RECORDS], LOST),
    "ids of another author": ([{**raw, "id": f"x{raw['id'].strip('~')}"} for raw in RECORDS], LOST),
    "ids in capitals": ([{**raw, "id": raw["id"].upper()} for raw in RECORDS], LOST),
    "records of the next model": (
        [{**raw, "id": i} for raw, i in zip(RECORDS, IDS[1:] + IDS[:1], strict=True)],
        REWRITTEN.format("name"),
    ),
    "prices of zero": (with_prices(lambda _: 0), PRICES),
    "prices a thousandfold": (with_prices(lambda price: price * 1_000), PRICES),
    "a thousandth of prices": (with_prices(lambda price: price / 1_000), PRICES),
    "prices below zero": (with_prices(lambda _: -5), PRICES),
    "prices past any number": (with_prices(lambda _: "1e300"), NONE),
    "prices that are no numbers": (with_prices(lambda _: "NaN"), NONE),
    "no prices": (with_fields(pricing=None), PRICES),
    "ids alone": ([{"id": raw["id"]} for raw in RECORDS], LOST_FACTS),
    "nothing but null": ([{**dict.fromkeys(raw), "id": raw["id"]} for raw in RECORDS], LOST_FACTS),
    "no names": (with_fields(name=None), LOST_FACTS),
    "one name": (with_fields(name="hacked"), REWRITTEN.format("name")),
    "a name of 60,000 letters": (with_fields(name="x" * 60_000), REWRITTEN.format("name")),
    "a context of one": (with_fields(context_length=1), REWRITTEN.format("context length")),
    "a context of none": (with_fields(context_length=0), LOST_FACTS),
    "a context below zero": (with_fields(context_length=-1), LOST_FACTS),
    "a context in words": (with_fields(context_length="many"), LOST_FACTS),
    "a context past any number": (with_fields(context_length=10**18), LOST_FACTS),
    "released in the future": (
        with_fields(created=32_503_680_000),
        REWRITTEN.format("time of release"),
    ),
    "released past all time": (with_fields(created=10**18), REWRITTEN.format("time of release")),
    "weights of one": (with_fields(hugging_face_id="a/b"), REWRITTEN.format("Hugging Face id")),
    "no modalities": (with_fields(architecture=None), REWRITTEN.format("kinds of input")),
    "odd modalities": (
        with_fields(architecture={"input_modalities": ["text"], "output_modalities": ["smell"]}),
        REWRITTEN.format("kinds of input"),
    ),
    "gone since the year 1": (
        with_fields(expiration_date="0001-01-01"),
        REWRITTEN.format("last day"),
    ),
    "everything twice": (RECORDS * 2, SKIPPED),
    "a flood": (
        [*RECORDS, *({**RECORDS[0], "id": f"a/{n}"} for n in range(1_001))],
        "models that are not known",
    ),
}


@pytest.mark.promise("P12", "poisonous lists, by hand and by schedule")
@pytest.mark.parametrize(("records", "message"), LISTS.values(), ids=LISTS)
def test_a_poisonous_list_is_rejected_and_changes_no_byte(
    records: list[Any], message: str, tmp_path: Path
) -> None:
    (tmp_path / "list.json").write_text(json.dumps({"data": records}), "utf-8")
    sources = Sources(ModelListFile(tmp_path / "list.json", "OpenRouter"))
    store = MemoryStore(STORED)

    with pytest.raises(BurgeeError, match=message) as rejected:
        refresh_catalog(sources, memory_repository(store), *ARGUMENTS)

    assert isinstance(rejected.value, SourceError if message == NO_LIST else CatalogRejected)
    assert store.body == STORED


@pytest.mark.promise("P12", "poisonous lists, by hand and by schedule")
@pytest.mark.parametrize(("records", "message"), LISTS.values(), ids=LISTS)
def test_a_scheduled_poisonous_list_only_becomes_stale(
    records: list[Any], message: str, tmp_path: Path
) -> None:
    (tmp_path / "list.json").write_text(json.dumps({"data": records}), "utf-8")
    sources = Sources(ModelListFile(tmp_path / "list.json", "OpenRouter"))
    store = MemoryStore(STORED)
    before = memory_repository(store).load()

    with pytest.raises(BurgeeError, match=message):
        run_scheduled_refresh(sources, memory_repository(store), *ARGUMENTS)

    after = memory_repository(store).load()
    assert after.profiles == before.profiles
    assert (after.as_of, after.coverage) == (before.as_of, before.coverage)
    assert after.sources["list"].failing_since == LATER
