"""No page and no answer shows a price, a cost or a date that the data does not give.

Each model of the bundled sample and of the real catalogs, on every page that shows it.
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scripts.sample_data.load import load_sample
from tests.support import iterations
from tests.support.builders import making
from tests.support.external import each_shared_catalog, shared_catalogs
from tests.support.fakes import memory_repository, render_plain
from tests.support.pricing_schedules import SCHEDULES
from tests.support.real_lists import records_of, served_at
from tests.support.records_as_listed import listed, per_token
from tests.support.refreshed_site import RefreshedSite
from tests.support.sweep.sweep import sweep
from tests.support.sweep.violations import Violation

SAMPLE = Path(__file__).resolve().parents[1] / "scripts" / "data" / "sample-catalog.json"
# The oldest and the newest list. A long run sweeps the others.
USUAL = ("2025-06-12", "2026-08-22T1835Z")
SHOWN = 20

ZERO, PRICED = per_token("0", "0"), per_token("1", "3")
LONG = {"min_prompt_tokens": 32_000}
ODD_PRICES: dict[str, dict[str, Any]] = {
    "acme/by-image": {**ZERO, "image": "0.001"},
    "acme/by-audio": {**ZERO, "audio": "0.0001"},
    "acme/by-search": {**ZERO, "web_search": "0.01"},
    "acme/by-reasoning": {**ZERO, "internal_reasoning": "0.000002"},
    "acme/by-request": {**PRICED, "request": "0.005"},
    "acme/by-length": {**ZERO, "overrides": [{**LONG, **PRICED}]},
    "acme/gift:free": ZERO,
    "acme/variable": {"prompt": "-1", "completion": "-1"},
    "acme/variable-output": {"prompt": "0.000001", "completion": "-1"},
    "acme/variable-request": {**PRICED, "request": "-1"},
    "acme/variable-cache": {**PRICED, "input_cache_read": "-1", "internal_reasoning": "-1"},
    "acme/variable-length": {**PRICED, "overrides": [{**LONG, "prompt": "-1", "completion": "-1"}]},
    "acme/no-input-price": {"prompt": "", "completion": "0.000009"},
    "acme/no-price": {},
    **{f"acme/schedule-{n}": pricing for n, pricing in enumerate(SCHEDULES.values())},
}
ODD_RECORDS = [
    *(listed(model_id, pricing) for model_id, pricing in ODD_PRICES.items()),
    listed("acme/film", ZERO, architecture=making("video")),
    listed("acme/vectors", per_token("1", "0"), architecture=making("embeddings")),
    listed("acme/early", PRICED, created=1_900_000_000),
]


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


def test_no_page_of_odd_prices_says_what_is_not_so() -> None:
    site = RefreshedSite()
    as_of = datetime(2026, 10, 6, 12, 51, tzinfo=UTC)
    site.refresh(ODD_RECORDS, as_of, forced=True)

    violations = sweep(site, lambda _model_id: as_of)

    assert not violations, report(violations)


def test_no_page_of_the_sample_says_what_is_not_so() -> None:
    site = RefreshedSite()
    load_sample(memory_repository(site.store), render_plain)
    readings = last_readings()

    violations = sweep(site, readings.__getitem__)

    assert not violations, report(violations)


@pytest.mark.parametrize("path", each_shared_catalog())
def test_no_page_of_a_real_catalog_says_what_is_not_so(path: Path) -> None:
    if path.stem not in USUAL and not iterations.LONG:
        pytest.skip("only in scripts/test --long")
    site = RefreshedSite()
    as_of = served_at(path)
    site.refresh(records_of(path), as_of, forced=True)

    violations = sweep(site, lambda _model_id: as_of)

    assert not violations, report(violations)
