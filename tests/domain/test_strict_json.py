import json

import pytest

from handler.domain.errors import InvalidJson
from handler.domain.strict_json import MAX_DEPTH, decode, for_readers, for_script
from tests.hostile import HOSTILE_TEXT


def test_a_byte_order_mark_is_no_part_of_json() -> None:
    assert decode(b'\xef\xbb\xbf{"a": [1, 2.5, null]}', "x") == {"a": [1, 2.5, None]}


def test_lone_surrogates_become_replacement_characters_in_keys_and_values() -> None:
    assert decode(rb'{"\ud800a": ["\udfff", "\ud83d\ude00"]}', "x") == {"�a": ["�", "😀"]}


@pytest.mark.parametrize(
    "data",
    [
        b"", b"<html>", b"{", b'{"a":1}x', b"NaN", b"[Infinity]", b"[-Infinity]", b"[1e400]",
        b"[" * 100_000, b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), b"[" + b"9" * 5_000 + b"]",
        b'"\xff"', b'"\x01"', b"'a'", b"{a:1}", b"[1,]",
    ],
    ids=lambda data: repr(data[:12]),
)  # fmt: skip
def test_anything_else_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(InvalidJson, match=r"^the list is not valid JSON: "):
        decode(data, "the list")


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
