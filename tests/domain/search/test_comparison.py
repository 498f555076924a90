from urllib.parse import parse_qsl

import pytest

from handler.domain.catalog.model_index import IndexEntry
from handler.domain.pricing.cost import Workload
from handler.domain.search.comparison import (
    Comparison,
    UnknownId,
    comparison_query_string,
    parse_comparison,
)
from tests.support.builders import HERMES, catalog, record
from tests.support.hostile.text import HOSTILE_TEXT

HERMES_ENTRY = IndexEntry(HERMES["id"], HERMES["name"], HERMES["id"], HERMES["hugging_face_id"])
CATALOG = catalog([HERMES, *(record(f"acme/{name}") for name in "abcdef"), record("bee/one:free")])


def parse(query_string: str) -> Comparison:
    return parse_comparison(parse_qsl(query_string, keep_blank_values=True), CATALOG)


@pytest.mark.parametrize(
    ("query_string", "comparison", "canonical"),
    [
        ("", Comparison(), ""),
        ("m=&m=+&in=x&out=-1", Comparison(), ""),
        (
            "m=bee/one:free&m=ACME/A/&m=acme/a&in=5&out=7&x=y",
            Comparison(("acme/a", "bee/one:free"), Workload(5, 7)),
            "m=acme/a&m=bee/one:free&in=5&out=7",
        ),
        ("m=acme/a&in=10000&out=1000&requests=1", Comparison(("acme/a",)), "m=acme/a"),
        (
            "requests=200&m=acme/a",
            Comparison(("acme/a",), Workload(requests=200)),
            "m=acme/a&requests=200",
        ),
        ("m=acme/a&requests=0", Comparison(("acme/a",)), "m=acme/a"),
        (
            "&".join(f"m=acme/{name}" for name in "fedcba"),
            Comparison(tuple(f"acme/{name}" for name in "bcdef"), dropped=("acme/a",)),
            "m=acme/b&m=acme/c&m=acme/d&m=acme/e&m=acme/f",
        ),
        (
            "m=nousresearch/hermes-4&m=zzz",
            Comparison(
                unknown=(UnknownId("nousresearch/hermes-4", (HERMES_ENTRY,)), UnknownId("zzz", ()))
            ),
            "",
        ),
    ],
    ids=[
        "nothing",
        "unreadable",
        "another order",
        "default workload",
        "requests",
        "no requests",
        "six",
        "unknown",
    ],
)
def test_comparison_has_one_canonical_form(
    query_string: str, comparison: Comparison, canonical: str
) -> None:
    assert parse(query_string) == comparison
    assert comparison_query_string(comparison.ids, comparison.workload) == canonical


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_hostile_text_is_an_unknown_id_on_one_line(text: str) -> None:
    (unknown,) = parse_comparison([("m", text), ("in", text)], CATALOG).unknown

    assert len(unknown.id) <= 200
    assert "\n" not in unknown.id
    unknown.id.encode()
