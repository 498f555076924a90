"""No page and no answer shows a price, a cost or a date that the data does not give.

Each model of the bundled sample and of the real catalogs, on every page that shows it.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scripts.sample_data.load import load_sample
from tests.support.external import each_shared_catalog, shared_catalogs
from tests.support.fakes import memory_repository, render_plain
from tests.support.refreshed_site import RefreshedSite
from tests.support.sweep.sweep import Violation, sweep

SAMPLE = Path(__file__).resolve().parents[1] / "scripts" / "data" / "sample-catalog.json"
# The oldest and the newest list. The others are swept where everything is required.
USUAL = ("2025-06-12", "2026-08-22T1835Z")
SHOWN = 20


def records_of(path: Path) -> list[dict[str, Any]]:
    value = json.loads(path.read_text("utf-8-sig"))
    return list(value["data"] if isinstance(value, dict) else value)


def served_at(path: Path) -> datetime:
    """Return the moment in a catalog's name: 2026-08-22T1835Z, or a date alone."""
    date, _, clock = path.stem.partition("-output")[0].partition("T")
    day = datetime.fromisoformat(date)
    hour, minute = (int(clock[:2]), int(clock[2:4])) if clock else (0, 0)
    return day.replace(hour=hour, minute=minute, tzinfo=UTC)


def lists_of_sample() -> Iterator[tuple[datetime, set[str]]]:
    """Yield when each list was served, and its ids: by the real lists, where they are there."""
    for stored in json.loads(SAMPLE.read_text("utf-8"))["lists"]:
        yield datetime.fromisoformat(stored["as_of"]), {each["id"] for each in stored["data"]}


def last_readings() -> dict[str, datetime]:
    """Return when each model of the sample was last read: by the real lists where they are."""
    real = [(served_at(path), {r["id"] for r in records_of(path)}) for path in shared_catalogs()]
    readings: dict[str, datetime] = {}
    for lists in (lists_of_sample(), real):
        for as_of, ids in sorted(lists, key=lambda each: each[0]):
            readings |= dict.fromkeys(ids, as_of)
    return readings


def report(violations: list[Violation]) -> str:
    """Return the number of each kind, and the first of each."""
    counts = Counter(violation.kind for violation in violations)
    share = SHOWN // max(len(counts), 1)
    shown = [
        str(violation)
        for kind in counts
        for violation in [each for each in violations if each.kind == kind][:share]
    ]
    return "\n".join([str(dict(counts)), *shown])


def test_no_page_of_the_sample_says_what_is_not_so() -> None:
    site = RefreshedSite()
    load_sample(memory_repository(site.store), render_plain)
    readings = last_readings()

    violations = sweep(site, readings.__getitem__)

    assert not violations, report(violations)


@pytest.mark.parametrize("path", each_shared_catalog())
def test_no_page_of_a_real_catalog_says_what_is_not_so(path: Path) -> None:
    if path.stem not in USUAL and not os.environ.get("BURGEE_REQUIRE_ALL"):
        pytest.skip("only with --require-all, which takes a minute longer")
    site = RefreshedSite()
    as_of = served_at(path)
    site.refresh(records_of(path), as_of, forced=True)

    violations = sweep(site, lambda _model_id: as_of)

    assert not violations, report(violations)
