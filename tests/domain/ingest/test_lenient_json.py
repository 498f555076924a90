import json

import pytest

from handler.domain.errors import InvalidJson
from handler.domain.ingest.lenient_json import MAX_DEPTH, MAX_VALUES, parse_json


def test_a_byte_order_mark_is_ignored() -> None:
    assert parse_json(b'\xef\xbb\xbf{"a": [1, 2.5, null]}', "x") == {"a": [1, 2.5, None]}


def test_lone_surrogates_become_replacement_characters() -> None:
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
def test_anything_else_is_invalid_json(data: bytes) -> None:
    with pytest.raises(InvalidJson, match=r"^the list is not valid JSON: "):
        parse_json(data, "the list")


@pytest.mark.parametrize(
    "unusable",
    ["1e400", "-1e400", "9" * 5_000, "9" * 309, "[" * MAX_DEPTH + "]" * MAX_DEPTH],
    ids=["1e400", "-1e400", "5,000 digits", "309 digits", "too deep"],
)
def test_unusable_values_read_as_null_without_side_effects(unusable: str) -> None:
    read = parse_json(
        f'{{"data": [{{"id": "a/b", "x": {unusable}}}, {{"id": "c/d"}}]}}'.encode(), "it"
    )

    assert read["data"][1] == {"id": "c/d"}
    assert read["data"][0]["id"] == "a/b"
    assert "null" in json.dumps(read["data"][0])
