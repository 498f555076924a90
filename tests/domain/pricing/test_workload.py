from decimal import Decimal
from typing import Any

import pytest

from handler.domain.pricing.workload import Workload, estimate_cost
from handler.domain.search.summary import summarize
from tests.support.builders import AS_OF, HERMES, making, priced, profile, record

DRAWING = record(
    "a/draws",
    pricing={"prompt": "0.000001", "completion": "0.000002", "image_output": "0.00003"},
    architecture=making("text", "image"),
)


@pytest.mark.parametrize(
    ("raw", "cost"),
    [
        (HERMES, Decimal("2.5")),
        (DRAWING, None),
        (priced("a/free:free", "0", "0"), Decimal(0)),
        (
            record("a/embeds", pricing={"prompt": "0.000001"}, architecture=making("embeddings")),
            Decimal(1),
        ),
        (record("a/half", pricing={"prompt": "0.000001"}, architecture=making("text")), None),
        (priced("openrouter/auto", "-1", "-1"), None),
        (record(), None),
    ],
    ids=["priced", "with pictures", "free", "embeddings", "half", "variable", "not published"],
)
def test_work_costs_what_its_tokens_cost_in_and_out(
    raw: dict[str, Any], cost: Decimal | None
) -> None:
    assert estimate_cost(summarize(profile(raw), AS_OF), Workload(1_000_000, 500_000)) == cost
