import csv
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


def rows(*profiles: Any, query: str = "") -> list[list[str]]:
    app = create_app(MemoryStore(stored(*profiles)), "https://previews.example.org")
    answer = ask(app, "/models.csv", query=query)
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
