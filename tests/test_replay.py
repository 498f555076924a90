"""The real lists, merged in order of date as an operator would: counted by other means too.

What is expected is computed from the files by a few lines that share no code with the project.
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Context, Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from handler.bootstrap.refresh import local_snapshot_repository
from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.coverage import Coverage
from handler.domain.catalog.model_history import PRICE
from handler.domain.ingest.merge import ObservedModelList, merge_model_list
from handler.domain.snapshot.names import OBJECT_NAME
from handler.ports import FetchedDataset
from handler.services.model_list import parse_model_list
from scripts.commands.refresh import main
from scripts.lib.list_files import observed_at
from tests.support.builders import HERMES, MemoryStore
from tests.support.external import shared
from tests.support.fakes import render_plain
from tests.support.http.asgi import ask, create_app
from tests.support.iterations import repeat

ORDER = (
    "2025-06-12",
    "2026-04-22",
    "2026-07-31T1418Z",
    "2026-07-31T1940Z",
    "2026-08-05-output_modalities-all",
    "2026-08-22T1246Z",
    "2026-08-22T1835Z",
)
Records = Mapping[str, dict[str, Any]]


@pytest.fixture(scope="module")
def lists() -> dict[str, Records]:
    """The records of each list by id, oldest list first."""
    place = shared()
    if place is None:
        pytest.skip("the real catalogs are not beside the project")
    return {name: records_of(place / "catalogs" / f"{name}.json") for name in ORDER}


def records_of(path: Path) -> Records:
    value = json.loads(path.read_text("utf-8-sig"))
    return {raw["id"]: raw for raw in (value["data"] if isinstance(value, dict) else value)}


def refreshed(name: str, store: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, int]:
    """Merge a list by the command, and return what it counts."""
    path = f"{shared()}/catalogs/{name}.json"
    options = ["--store", str(store), "--covers", "all", "--force"]
    assert main(["--from", path, *options]) == 0
    lines = [line.split(":")[0].split() for line in capsys.readouterr().out.splitlines()]
    return {words[0]: int(words[1]) for words in lines if len(words) == 2 and words[1].isdigit()}


def rounded(amount: Any) -> Decimal:
    """Return an amount with the ten digits that are compared: others are noise."""
    return Decimal(amount).normalize(Context(prec=10))


def facts(raw: dict[str, Any]) -> tuple[Any, ...]:
    """What makes history: price, context, name, expiry."""
    pricing = dict(raw["pricing"])
    tiers = [sorted((k, rounded(v)) for k, v in t.items()) for t in pricing.pop("overrides", [])]
    prices = {k: rounded(v) for k, v in pricing.items() if v is not None}
    prices = {k: v for k, v in prices.items() if v or k in ("prompt", "completion")}
    expiry = (raw.get("expiration_date") or "2098-12-31")[:10]
    name = " ".join(raw["name"].split())
    return prices, tiers, raw["context_length"], name, expiry


def expected(lists: Mapping[str, Records]) -> list[dict[str, int]]:
    known: dict[str, dict[str, Any]] = {}
    listed: set[str] = set()
    counts = []
    for records in lists.values():
        now = set(records)
        counts.append(
            {
                "added": len(now - known.keys()),
                "withdrawn": len(listed - now),
                "returned": len(now & known.keys() - listed),
                "changed": sum(facts(known[i]) != facts(records[i]) for i in now & known.keys()),
            }
        )
        known |= records
        listed = now
    return [{name: count for name, count in one.items() if count} for one in counts]


def kept(store: Path) -> CatalogData:
    return local_snapshot_repository(store).load()


def test_replay_counts_equal_the_files_and_keep_every_model(
    lists: Mapping[str, Records], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = [refreshed(name, tmp_path, capsys) for name in ORDER]

    assert counts == expected(lists)
    ever = {model_id for records in lists.values() for model_id in records}
    known = kept(tmp_path)
    assert {profile.model.id for profile in known.profiles} == ever
    app = create_app(MemoryStore((tmp_path / OBJECT_NAME).read_bytes()), "https://a.example")
    assert {i for i in ever if ask(app, f"/{i}").status != 200} == set()


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def test_every_description_that_was_seen_whole_outlives_its_cut(
    lists: Mapping[str, Records], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ORDER[:2]:
        refreshed(name, tmp_path, capsys)
    whole, later = lists[ORDER[0]], lists[ORDER[1]]
    both = whole.keys() & later.keys()
    cut = {
        i: whole[i]["description"]
        for i in both
        if later[i]["description"].endswith("...")
        and letters(whole[i]["description"]).startswith(letters(later[i]["description"]))
    }

    shown = {profile.model.id: profile.markdown for profile in kept(tmp_path).profiles}

    assert (len(both), len(cut)) == (137, 113)
    assert {i: shown[i] for i in cut} == cut


def test_the_text_of_the_original_page_outlives_the_lists(
    lists: Mapping[str, Records], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = Path(f"{shared()}/seed-page.txt").read_text("utf-8")
    original, _ = json.JSONDecoder().raw_decode(seed, seed.index("{\n"))
    described = original["description"]
    first = tmp_path / "2025-09-01.json"
    first.write_text(json.dumps([{**HERMES, "description": described}]))
    store = tmp_path / "store"
    main(["--from", str(first), "--store", str(store)])

    for name in ORDER[1:]:
        refreshed(name, store, capsys)

    (hermes,) = [p for p in kept(store).profiles if p.model.id == HERMES["id"]]
    assert hermes.model.raw["description"].endswith("...")
    assert hermes.markdown == described
    assert "neutral, user-directed behavior." in hermes.model.description.html


def test_the_last_two_lists_make_four_price_events_and_no_other(
    lists: Mapping[str, Records], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = [refreshed(name, tmp_path, capsys) for name in ORDER[-2:]]

    assert counts[1] == {"changed": 4}
    events = [(p.model.id, e) for p in kept(tmp_path).profiles for e in p.history.events()]
    assert [event.fact for _, event in events] == [PRICE] * 4
    in_tiers = [
        model_id
        for model_id, event in events
        if {k: v for k, v in event.before.items() if k != "overrides"} == event.after
    ]
    assert len(in_tiers) == 1


def test_any_order_of_the_real_lists_makes_one_catalog(lists: Mapping[str, Records]) -> None:
    observed = [observed_list(name, records) for name, records in lists.items()]
    orders = [observed, observed[::-1]]
    orders += [Random(seed).sample(observed, len(observed)) for seed in range(repeat(3, 18))]

    first, *others = (merged(order) for order in orders)

    assert all(catalog == first for catalog in others)


def observed_list(name: str, records: Records) -> ObservedModelList:
    covers = "all" if name.endswith("all") else "text"
    dataset = FetchedDataset(list(records.values()), name, name, name.encode())
    as_of = observed_at(Path(f"{shared()}/catalogs/{name}.json"))
    observed, _ = parse_model_list(dataset, Coverage.parse(covers), as_of)
    return observed


def merged(lists: Sequence[ObservedModelList]) -> CatalogData:
    catalog: CatalogData | None = None
    for observed in lists:
        catalog = merge_model_list(catalog, observed, render_plain)
    assert catalog
    return catalog
