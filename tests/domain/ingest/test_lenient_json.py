import json

import pytest

from handler.domain.errors import InvalidJson
from handler.domain.ingest.lenient_json import (
    MAX_DEPTH,
    MAX_VALUES,
    for_readers,
    for_script,
    parse_json,
)
from tests.support.hostile.text import HOSTILE_TEXT


def test_a_byte_order_mark_is_no_part_of_json() -> None:
    assert parse_json(b'\xef\xbb\xbf{"a": [1, 2.5, null]}', "x") == {"a": [1, 2.5, None]}


def test_lone_surrogates_become_replacement_characters_in_keys_and_values() -> None:
    assert parse_json(rb'{"\ud800a": ["\udfff", "\ud83d\ude00"]}', "x") == {"�a": ["�", "😀"]}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>",
        b"{",
        b'{"a":1}x',
        b"NaN",
        b"[Infinity]",
        b"[-Infinity]",
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b"[" + b"0," * MAX_VALUES + b"0]",
        b'"\xff"',
        b'"\x01"',
        b"'a'",
        b"{a:1}",
        b"[1,]",
    ],
    ids=lambda data: repr(data[:12]),
)
def test_anything_else_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(InvalidJson, match=r"^the list is not valid JSON: "):
        parse_json(data, "the list")


@pytest.mark.parametrize(
    "useless",
    ["1e400", "-1e400", "9" * 5_000, "9" * 309, "[" * MAX_DEPTH + "]" * MAX_DEPTH],
    ids=["1e400", "-1e400", "5,000 digits", "309 digits", "too deep"],
)
def test_what_is_of_no_use_reads_as_null_and_costs_no_neighbour(useless: str) -> None:
    read = parse_json(
        f'{{"data": [{{"id": "a/b", "x": {useless}}}, {{"id": "c/d"}}]}}'.encode(), "it"
    )

    assert read["data"][1] == {"id": "c/d"}
    assert read["data"][0]["id"] == "a/b"
    assert "null" in json.dumps(read["data"][0])


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_script_json_says_the_same_and_cannot_leave_its_element(text: str) -> None:
    written = for_script({"key": text, text: "\u2028\u2029"})

    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == {"key": text, text: "\u2028\u2029"}


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_json_for_readers_says_the_same_and_hides_nothing(text: str) -> None:
    text += "\x7f\x85\u202e\u2028\ufeff\ufffe"

    written = for_readers({"key": text, text: [1, None]})

    assert json.loads(written) == {"key": text, text: [1, None]}
    assert not set("\x00\x1b\x7f\x85\u202e\u2028\ufeff\ufffe") & set(written)
