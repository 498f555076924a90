import pytest

from handler.domain.text import fit, one_line
from tests.hostile import HOSTILE_TEXT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  two\n\tlines \u00a0 and\u202fmore ", "two lines and more"),
        ("a\x00b\x1bc\u202ed\ufeffe", "abcde"),
        ("نرم\u200cافزار 👩\u200d🚀", "نرم\u200cافزار 👩\u200d🚀"),
        ("", ""),
    ],
    ids=["white space", "invisible characters", "joiners that spell", "nothing"],
)
def test_one_line_is_what_a_reader_sees(text: str, expected: str) -> None:
    assert one_line(text) == expected


@pytest.mark.parametrize(
    ("text", "characters", "utf8_bytes", "expected"),
    [
        ("short enough", 20, 20, "short enough"),
        ("exactly 12 c", 12, 12, "exactly 12 c"),
        ("cut at the last word", 15, 99, "cut at the…"),
        ("never, after a comma", 8, 99, "never…"),
        ("unbrokenwordthatislong", 10, 99, "unbrokenw…"),
        ("åäö åäö åäö", 99, 14, "åäö…"),
        ("aaaaaaa👩\u200d🚀 bbbb", 10, 99, "aaaaaaa…"),
        ("aaaaaaaae\u0301bbbbbb", 10, 99, "aaaaaaaa…"),
    ],
    ids=[
        "fits", "just fits", "at a word", "no dangling comma", "inside a long word",
        "by bytes", "not inside an emoji", "not inside an accent",
    ],
)  # fmt: skip
def test_text_is_cut_where_a_reader_would_cut_it(
    text: str, characters: int, utf8_bytes: int, expected: str
) -> None:
    assert fit(text, characters, utf8_bytes) == expected


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
@pytest.mark.parametrize("limit", [4, 5, 70, 200])
def test_no_text_is_ever_longer_than_its_limits(text: str, limit: int) -> None:
    line = one_line(text.encode("utf-8", "replace").decode())

    cut = fit(line, limit, limit)

    assert len(cut) <= limit
    assert len(cut.encode()) <= limit
