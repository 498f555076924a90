import pytest

from handler.domain.text import (
    collapse_whitespace,
    truncate,
    truncate_at_phrase,
    truncate_at_sentence,
)
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
        ("aaaaaaaa👩\u200d🚀 bbbb", 11, 99, "aaaaaaaa…"),
        ("e\u0301bbbbbb", 2, 99, "…"),
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
        "not inside a later emoji",
        "not inside the first letter",
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A model that reads the contents of", "A model that reads the contents of"),
        (
            "A model that reads the contents of the longest books",
            "A model that reads the contents…",
        ),
        ("A model that reads the books, and, with the rest", "A model that reads the books…"),
        ("A model that reads the books (with the rest", "A model that reads the books…"),
        ("A model, which is: 1. fast at work 2. cheaper", "A model, which is: 1. fast at work…"),
        ("A model, which: • is fast at work • is cheap too", "A model, which: • is fast at work…"),
        ("A model that it reads the books. It could do", "A model that it reads the books."),
        ("A model by somebody in the U.S. and of the EU", "A model by somebody in the U.S.…"),
        ("of the and for with a model that is the one and", "of the and for with a model…"),
        ("the of and the of and the of and the of and the of", "the…"),
        (
            "Ein Modell, das für die langen Texte gedacht ist",
            "Ein Modell, das für die langen Texte…",
        ),
    ],
    ids=[
        "fits",
        "a preposition and an article",
        "commas between them",
        "a bracket",
        "the number of a list item",
        "a bullet",
        "a whole sentence remains",
        "an abbreviation remains",
        "several words",
        "nothing but such words",
        "another language",
    ],
)
def test_cut_text_ends_at_a_word_that_closes_a_phrase(text: str, expected: str) -> None:
    assert truncate_at_phrase(text, 38, 40) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A model with a good memory for…", "A model with a good memory…"),
        ("A model with a good memory. It is…", "A model with a good memory."),
        ("A model with a good memory. It thinks…", "A model with a good memory. It thinks…"),
    ],
)
def test_text_that_upstream_cut_ends_at_such_a_word_too(text: str, expected: str) -> None:
    assert truncate_at_sentence(text, 60, 60) == expected
    assert truncate_at_phrase(text, 60, 60) == text


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
@pytest.mark.parametrize("limit", [4, 5, 70, 200])
def test_truncated_text_is_within_its_limits(text: str, limit: int) -> None:
    line = collapse_whitespace(text.encode("utf-8", "replace").decode())

    for shorten in (truncate, truncate_at_phrase, truncate_at_sentence):
        cut = shorten(line, limit, limit)
        assert len(cut) <= limit
        assert len(cut.encode()) <= limit
