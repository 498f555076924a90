from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest

from handler.domain.catalog.catalog import Catalog, SnapshotHeader
from handler.domain.catalog.model_index import IndexEntry, ModelIndex
from handler.domain.comparison.comparison import (
    Comparison,
    Match,
    UnknownId,
    comparison_query_string,
    parse_comparison,
)
from handler.domain.comparison.workload_query import InvalidValue
from handler.domain.pricing.cost import Workload
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
        (
            "m=&m=+&in=x&out=-1&cached=101",
            Comparison(
                invalid=(
                    InvalidValue("in", "x"),
                    InvalidValue("out", "-1"),
                    InvalidValue("cached", "101"),
                )
            ),
            "",
        ),
        (
            "m=bee/one:free&m=ACME/A/&m=acme/a&in=5&out=7&x=y",
            Comparison(("bee/one:free", "acme/a"), Workload(5, 7)),
            "m=bee/one:free&m=acme/a&in=5&out=7",
        ),
        (
            "m[]=acme/c&m=acme/b,acme/a&m[]=https://openrouter.ai/acme/c",
            Comparison(("acme/b", "acme/a", "acme/c")),
            "m=acme/b&m=acme/a&m=acme/c",
        ),
        (
            "in=10M&out=2+million&cached=50%25&requests=",
            Comparison(workload=Workload(10_000_000, 2_000_000, None, 50)),
            "in=10000000&out=2000000&cached=50&requests=any",
        ),
        ("requests=Any", Comparison(workload=Workload(requests=None)), "requests=any"),
        ("m=acme/a&in=10000&out=1000&requests=1", Comparison(("acme/a",)), "m=acme/a"),
        (
            "requests=200&m=acme/a",
            Comparison(("acme/a",), Workload(requests=200)),
            "m=acme/a&requests=200",
        ),
        (
            "m=acme/a&requests=0",
            Comparison(("acme/a",), invalid=(InvalidValue("requests", "0"),)),
            "m=acme/a",
        ),
        (
            "&".join(f"m=acme/{name}" for name in "fedcba"),
            Comparison(tuple(f"acme/{name}" for name in "fedcb"), dropped=("acme/a",)),
            "m=acme/f&m=acme/e&m=acme/d&m=acme/c&m=acme/b",
        ),
        (
            "m=nousresearch/hermes-4&m=zzz",
            Comparison(
                unknown=(UnknownId("nousresearch/hermes-4", (HERMES_ENTRY,)), UnknownId("zzz", ()))
            ),
            "",
        ),
        (
            "m=Hermes+4+405B&m=acme/a",
            Comparison((HERMES["id"], "acme/a"), matches=(Match("Hermes 4 405B", HERMES_ENTRY),)),
            "m=nousresearch/hermes-4-405b&m=acme/a",
        ),
    ],
    ids=[
        "nothing",
        "not understood",
        "the order chosen",
        "commas, brackets and URLs",
        "as people type",
        "any number of requests",
        "default workload",
        "requests",
        "no requests",
        "six",
        "unknown",
        "a name",
    ],
)
def test_comparison_has_one_canonical_form(
    query_string: str, comparison: Comparison, canonical: str
) -> None:
    assert parse(query_string) == comparison
    assert comparison_query_string(comparison.ids, comparison.workload) == canonical


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_hostile_text_is_an_unknown_id_on_one_line(text: str) -> None:
    comparison = parse_comparison([("m", text), ("in", text)], CATALOG)
    (invalid,) = comparison.invalid

    assert comparison.unknown
    for shown, most in [*((each.id, 200) for each in comparison.unknown), (invalid.text, 40)]:
        assert len(shown) <= most
        assert "\n" not in shown
        shown.encode()


class CountingIndex(ModelIndex):
    """Counts how often all ids are searched."""

    searches = 0

    def ids(self) -> Iterator[str]:
        self.searches += 1
        return super().ids()


def test_unknown_ids_read_the_index_of_ids_once() -> None:
    index = CountingIndex.from_entries([HERMES_ENTRY])
    header = SnapshotHeader(*(getattr(CATALOG, name) for name in SnapshotHeader._fields))
    counted = Catalog(header, index, CATALOG.parts)
    pairs = [("m", f"nousresearch/hermes-{n}") for n in range(30)]

    comparison = parse_comparison(pairs, counted)

    assert [each.id for each in comparison.unknown] == [value for _, value in pairs[:5]]
    assert index.searches == 1  # the index of similar ids is built once


def test_a_comparison_reads_thirty_parameters() -> None:
    pairs = [*([("x", "")] * 29), ("m", "acme/a"), ("m", "acme/b")]

    assert parse_comparison(pairs, CATALOG).ids == ("acme/a",)


def test_a_text_is_searched_for_and_an_id_is_not() -> None:
    asked = []

    def search(text: str) -> list[IndexEntry]:
        asked.append(text)
        return [HERMES_ENTRY]

    pairs = [("m", "hermes"), ("m", "acme/x"), ("m", "acme/a")]

    comparison = parse_comparison(pairs, CATALOG, search)
    assert (comparison.ids, asked) == ((HERMES["id"], "acme/a"), ["hermes"])
    assert comparison.matches == (Match("hermes", HERMES_ENTRY),)


def test_no_more_texts_are_searched_than_shown() -> None:
    asked = []

    def search(text: str) -> list[IndexEntry]:
        asked.append(text)
        return []

    parse_comparison([("m", ",".join(f"name {n}" for n in range(30)))], CATALOG, search)
    assert len(asked) == 5
