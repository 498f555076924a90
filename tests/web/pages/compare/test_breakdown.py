from typing import Any

import pytest

from handler.domain.pricing.cost import Workload
from handler.web.pages.compare.breakdown import BreakdownRow, breakdown_rows, cost_notes
from tests.support.builders import making, model, priced, record

LONG = {"min_prompt_tokens": 200_000, "prompt": "0.000003"}
DAY = {"utc_start": 600, "utc_end": 1000, "prompt": "0.000005"}
TOTAL = Workload(10_000_000, 0, requests=None)


def billed(**pricing: Any) -> dict[str, Any]:
    dollars = {"prompt": "0.000001", "completion": "0.000002"}
    return record(pricing={**dollars, **pricing}, architecture=making("text"))


def test_every_part_of_a_cost_has_a_row() -> None:
    raw = billed(input_cache_read="0.0000001", request="0.005")
    workload = Workload(1_001, 10, requests=3, cached_percent=50)

    assert breakdown_rows(model(raw), workload) == [
        BreakdownRow("Input tokens", "1,501.5", "$1 per 1M", "$0.0015015"),
        BreakdownRow("Cached input tokens", "1,501.5", "$0.10 per 1M", "$0.00015015"),
        BreakdownRow("Output tokens", "30", "$2 per 1M", "$0.00006"),
        BreakdownRow("Requests", "3", "$0.005 each", "$0.015"),
    ]


@pytest.mark.parametrize(
    ("raw", "workload", "notes"),
    [
        (billed(), Workload(), []),
        (
            billed(),
            Workload(cached_percent=50),
            ["Cached input is billed as input: no cache price published"],
        ),
        (billed(), Workload(0, cached_percent=50), []),
        (
            billed(input_cache_read="0.0000001", input_cache_write="0.000001"),
            Workload(cached_percent=50),
            ["Writing to the cache is not included"],
        ),
        (
            billed(overrides=[LONG]),
            Workload(),
            ["Base prices: they hold up to 200,000 prompt tokens"],
        ),
        (
            billed(overrides=[LONG]),
            Workload(200_001),
            ["Prices of the tier over 200,000 prompt tokens"],
        ),
        (
            billed(overrides=[LONG], request="0.01"),
            TOTAL,
            [
                "Priced as requests of up to 200,000 prompt tokens; longer ones differ",
                "Each request costs $0.01 more",
            ],
        ),
        (
            billed(overrides=[DAY]),
            Workload(),
            ["The price depends on the hour; the parts are those of the cheapest"],
        ),
        (billed(web_search="0.01"), Workload(), ["Each web search costs $0.01 more"]),
        (
            billed() | {"context_length": 8_192},
            Workload(),
            ["A request of 11,000 tokens exceeds its context of 8,192"],
        ),
        (priced("acme/one:free", "0", "0"), Workload(cached_percent=50), []),
        (record(), Workload(cached_percent=50), []),
    ],
    ids=[
        "plain",
        "no price for reading from a cache",
        "nothing to read from it",
        "writing to a cache",
        "below a tier",
        "above it",
        "totals",
        "hours",
        "searches",
        "too long",
        "free",
        "not published",
    ],
)
def test_notes_say_what_a_cost_does_not_show(
    raw: dict[str, Any], workload: Workload, notes: list[str]
) -> None:
    assert list(cost_notes(model(raw), workload)) == notes
