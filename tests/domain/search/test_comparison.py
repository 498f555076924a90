from urllib.parse import parse_qsl

import pytest

from handler.domain.catalog.model_lookup import Entry
from handler.domain.pricing.workload import Workload
from handler.domain.search.comparison import Comparison, comparison_of
from tests.support.builders import HERMES, catalog, record
from tests.support.hostile.text import HOSTILE_TEXT

HERMES_ENTRY = Entry(HERMES["id"], HERMES["name"], HERMES["id"], HERMES["hugging_face_id"])
CATALOG = catalog([HERMES, *(record(f"acme/{name}") for name in "abcdef"), record("bee/one:free")])


def compared(encoded: str) -> Comparison:
    return comparison_of(parse_qsl(encoded, keep_blank_values=True), CATALOG)


@pytest.mark.parametrize(
    ("encoded", "comparison", "canonical"),
    [
        ("", Comparison(), ""),
        ("m=&m=+&in=x&out=-1", Comparison(), ""),
        (
            "m=bee/one:free&m=ACME/A/&m=acme/a&in=5&out=7&x=y",
            Comparison(("acme/a", "bee/one:free"), Workload(5, 7)),
            "m=acme/a&m=bee/one:free&in=5&out=7",
        ),
        ("m=acme/a&in=1000000&out=200000", Comparison(("acme/a",)), "m=acme/a"),
        (
            "&".join(f"m=acme/{name}" for name in "fedcba"),
            Comparison(
                tuple(f"acme/{name}" for name in "bcdef"), left_out=("acme/a",)
            ),
            "m=acme/b&m=acme/c&m=acme/d&m=acme/e&m=acme/f",
        ),
        (
            "m=nousresearch/hermes-4&m=zzz",
            Comparison(
                unknown=(
                    (
                        "nousresearch/hermes-4",
                        (HERMES_ENTRY,),
                    ),
                    ("zzz", ()),
                )
            ),
            "",
        ),
    ],
    ids=["nothing", "nothing to read", "another order", "usual work", "six", "unknown"],
)  # fmt: skip
def test_a_comparison_is_its_models_in_one_order(
    encoded: str, comparison: Comparison, canonical: str
) -> None:
    assert compared(encoded) == comparison
    assert comparison.encoded() == canonical


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_hostile_text_is_an_unknown_model_on_one_line(text: str) -> None:
    ((address, _),) = comparison_of([("m", text), ("in", text)], CATALOG).unknown

    assert len(address) <= 200
    assert "\n" not in address
    address.encode()
