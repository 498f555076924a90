"""The real lists, merged in any order, tell one history. From 2026-04-22 on none is refused."""

import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from handler.domain.errors import CatalogRejected
from tests.support.external import shared_catalogs
from tests.support.iterations import repeat
from tests.support.real_lists import coverage_of, records_of, served_at
from tests.support.refreshed_site import RefreshedSite

# A few orders in the usual run.
SHUFFLED = repeat(1, 20)


@pytest.fixture(scope="module")
def paths() -> tuple[Path, ...]:
    found = shared_catalogs()
    if not found:
        pytest.skip("the real catalogs are not beside the project")
    return tuple(sorted(found, key=served_at))


def merge(site: RefreshedSite, path: Path, *, forced: bool) -> None:
    site.refresh(records_of(path), served_at(path), forced=forced, coverage=coverage_of(path))


def known(order: Sequence[Path]) -> dict[str, Any]:
    """What the API says of every model after the lists were merged in an order."""
    site = RefreshedSite()
    for path in order:
        merge(site, path, forced=True)
    ids = {record["id"] for path in order for record in records_of(path)}
    return {model_id: facts(site, model_id) for model_id in sorted(ids)}


def facts(site: RefreshedSite, model_id: str) -> dict[str, Any]:
    record = site.record(model_id)
    return {
        "history": site.json(f"/api/models/{model_id}/history"),
        "pricing": record["pricing"],
        "context": record["context_length"],
        "name": record["name"],
        "withdrawn": record.get("withdrawn_since"),
    }


@cache
def known_by_date(paths: tuple[Path, ...]) -> dict[str, Any]:
    return known(paths)


def orders(paths: Sequence[Path], count: int) -> list[list[Path]]:
    chance = random.Random(14)  # the same orders each time
    return [chance.sample(paths, len(paths)) for _ in range(count)]


def differing(paths: tuple[Path, ...], order: Sequence[Path]) -> dict[str, Any]:
    """Return the first of the models that are told otherwise than in the order of dates."""
    expected, found = known_by_date(paths), known(order)
    ids = [model_id for model_id in expected if expected[model_id] != found.get(model_id)]
    shown = {i: (expected[i], found.get(i)) for i in ids[:3]}
    return {"models": len(ids), **shown} if ids else {}


def test_lists_merged_backwards_tell_the_same_history(paths: tuple[Path, ...]) -> None:
    assert differing(paths, paths[::-1]) == {}


@pytest.mark.parametrize("number", range(SHUFFLED))
def test_lists_merged_in_any_order_tell_the_same_history(
    paths: tuple[Path, ...], number: int
) -> None:
    assert differing(paths, orders(paths, SHUFFLED)[number]) == {}


def test_no_list_since_april_2026_is_refused(paths: tuple[Path, ...]) -> None:
    site = RefreshedSite()

    for path in paths[1:]:
        merge(site, path, forced=False)


def test_a_list_of_ten_months_later_is_refused_with_advice(paths: tuple[Path, ...]) -> None:
    site = RefreshedSite()
    merge(site, paths[0], forced=False)

    with pytest.raises(CatalogRejected) as refused:
        merge(site, paths[1], forced=False)

    message = str(refused.value)
    assert "2025" in message or "314 days" in message or "10 months" in message
    assert "force" in message.lower()
