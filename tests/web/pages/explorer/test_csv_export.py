import csv
from codecs import BOM_UTF8
from io import StringIO
from typing import Any

import pytest

from tests.support.builders import (
    HERMES,
    STANDING,
    MemoryStore,
    priced,
    profile,
    record,
    stored,
    withdrawn,
)
from tests.support.http.answer import Answer
from tests.support.http.asgi import ask, create_app

HEADER = [
    "id",
    "name",
    "author",
    "price",
    "input_usd_per_million_tokens",
    "output_usd_per_million_tokens",
    "cached_input_usd_per_million_tokens",
    "blended_usd_per_million_tokens",
    "context_tokens",
    "max_output_tokens",
    "input_modalities",
    "output_modalities",
    "parameters",
    "providers",
    "open_weights",
    "arena_rank",
    "added",
    "withdrawn",
]


def download(query: str, *profiles: Any) -> Answer:
    app = create_app(MemoryStore(stored(*profiles)), "https://previews.example.org")
    return ask(app, "/models.csv", query=query)


def rows(*profiles: Any, query: str = "") -> list[list[str]]:
    answer = download(query, *profiles)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    found = list(csv.reader(StringIO(answer.text, newline="")))
    assert answer.body.count(b"\r\n") == len(found)
    return found


def test_export_has_known_facts_and_empty_cells() -> None:
    assert rows(profile(HERMES, arena_rank=STANDING), profile(record(name="Ünï, “one”"))) == [
        HEADER,
        [
            "nousresearch/hermes-4-405b",
            "Nous: Hermes 4 405B",
            "nousresearch",
            "$1/M in, $3/M out",
            "1.000000",
            "3.000000",
            "",
            "1.500000",
            "131072",
            "",
            "text",
            "text",
            "max_tokens temperature",
            "",
            "yes",
            "12",
            "2025-08-26",
            "",
        ],
        ["acme/one", "Ünï, “one”", "acme", *[""] * 11, "no", "", "", ""],
    ]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_a_spreadsheet_formula(sign: str) -> None:
    _, (_, name, *_) = rows(profile(record(name=f"{sign}HYPERLINK(1)")))

    assert name.startswith(("'", "HYPERLINK"))


def test_export_has_the_matches_of_all_pages() -> None:
    many = [profile(priced(f"acme/n{n}", "0.000001", "0.000001")) for n in range(101)]
    gone = withdrawn(record("acme/gone"))

    assert len(rows(*many, gone, query="price=0-5&page=2")) == 102
    assert [row[0] for row in rows(*many, gone, query="is=withdrawn")[1:]] == ["acme/gone"]


@pytest.mark.parametrize("query", ["", "is=free", "sort=name"])
def test_byte_order_mark_on_request_changes_nothing_else(query: str) -> None:
    models = [profile(HERMES), profile(record(name="Ünï"))]
    plain, marked = (download(q, *models) for q in (query, f"{query}&bom=1"))

    assert not plain.body.startswith(BOM_UTF8)
    assert marked.body == BOM_UTF8 + plain.body
    assert marked.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert marked.headers["etag"] != plain.headers["etag"]


@pytest.mark.parametrize("query", ["bom=", "bom=0", "BOM=1", "x=bom"])
def test_without_the_parameter_there_is_no_mark(query: str) -> None:
    assert download(query, profile(HERMES)).body == download("", profile(HERMES)).body


def test_other_value_of_bom_is_refused_with_a_sentence() -> None:
    answer = download("bom=yes", profile(HERMES))

    assert (answer.status, answer.headers["content-type"]) == (400, "text/plain; charset=utf-8")
    assert answer.text == "The parameter bom cannot be “yes”. Valid values: 0, 1.\n"
