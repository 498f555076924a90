import pytest

from handler.domain.pricing.cost import Workload
from handler.domain.pricing.cost_format import format_workload


@pytest.mark.parametrize(
    ("workload", "text"),
    [
        (Workload(2_000, 500), "2,000 tokens in, 500 out"),
        (Workload(500, 0), "500 tokens in"),
        (Workload(50_000, 1_000, 200), "200 requests of 50,000 tokens in, 1,000 out each"),
        (Workload(2_000, 500, 1, 50), "2,000 tokens in (50% cached), 500 out"),
        (
            Workload(10_000_000, 2_000_000, None, 50),
            "10,000,000 tokens in (50% cached), 2,000,000 out, in total",
        ),
    ],
    ids=["a request", "no output", "requests", "cached", "totals"],
)
def test_workload_in_words(workload: Workload, text: str) -> None:
    assert format_workload(workload) == text
