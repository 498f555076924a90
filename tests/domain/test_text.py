import pytest

from handler.domain.text import collapse_whitespace, truncate, truncate_at_sentence
from tests.support.hostile.text import HOSTILE_TEXT


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
def test_collapse_whitespace_keeps_visible_text(text: str, expected: str) -> None:
    assert collapse_whitespace(text) == expected


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
        "fits",
        "just fits",
        "at a word",
        "no dangling comma",
        "inside a long word",
        "by bytes",
        "not inside an emoji",
        "not inside an accent",
    ],
)
def test_truncate_cuts_at_a_word_or_grapheme(
    text: str, characters: int, utf8_bytes: int, expected: str
) -> None:
    assert truncate(text, characters, utf8_bytes) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A model that fits. It does.", "A model that fits. It does."),
        ("A model for long documents. It reads many of them.", "A model for long documents."),
        (
            "A model. It reads many of them, one after another.",
            "A model. It reads many of them, one…",
        ),
        (
            "A model built by the U.S. Government in 2026, they say.",
            "A model built by the U.S. Government…",
        ),
        (
            "A model of version 4.5 that reads documents, they say.",
            "A model of version 4.5 that reads…",
        ),
    ],
    ids=["fits", "a sentence ends late", "it ends early", "an abbreviation", "a number"],
)
def test_truncation_keeps_a_late_sentence_whole(text: str, expected: str) -> None:
    assert truncate_at_sentence(text, 40, 40) == expected


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
@pytest.mark.parametrize("limit", [4, 5, 70, 200])
def test_truncated_text_is_within_its_limits(text: str, limit: int) -> None:
    line = collapse_whitespace(text.encode("utf-8", "replace").decode())

    cut = truncate(line, limit, limit)

    assert len(cut) <= limit
    assert len(cut.encode()) <= limit
