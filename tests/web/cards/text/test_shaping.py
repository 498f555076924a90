import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.web.cards.text.fonts import Style, typeface_for
from handler.web.cards.text.graphemes import drop_undrawable, split_graphemes
from handler.web.cards.text.shaping import shape_line
from tests.support.hostile.text import HOSTILE_TEXT


@pytest.mark.parametrize(
    ("script", "text", "file"),
    [
        ("Latin", "Gemini", "SourceSerif4[opsz,wght].ttf"),
        ("Vietnamese", "Tiếng Việt", "SourceSerif4[opsz,wght].ttf"),
        ("Greek", "μοντέλο", "SourceSerif4[opsz,wght].ttf"),
        ("Cyrillic", "Модель", "SourceSerif4[opsz,wght].ttf"),
        ("Arabic", "نموذج", "NotoSansArabic[wght].ttf"),
        ("Hebrew", "מודל", "NotoSansHebrew[wght].ttf"),
        ("Devanagari", "मॉडल", "NotoSansDevanagari[wght].ttf"),
        ("Thai", "แบบจำลอง", "NotoSansThai[wght].ttf"),
        ("Han", "模型", "NotoSansCJKjp-Bold.otf"),
        ("kana", "モデル", "NotoSansCJKjp-Bold.otf"),
        ("Hangul", "모델", "NotoSansCJKjp-Bold.otf"),
        ("emoji", "🐬", "NotoEmoji[wght].ttf"),
    ],
    ids=str,
)
def test_each_script_is_drawn_whole_in_one_font(script: str, text: str, file: str) -> None:
    graphemes = split_graphemes(text.replace(" ", ""), Style.TITLE)

    assert drop_undrawable(text, Style.TITLE) == text, script
    assert {grapheme.typeface.file for grapheme in graphemes} == {file}


@given(st.text(max_size=60) | st.sampled_from(sorted(HOSTILE_TEXT.values())))
def test_no_glyph_is_the_missing_glyph_box(text: str) -> None:
    for style in Style:
        assert all(glyph.number for glyph in shape_line(text, style).glyphs)
        for grapheme in split_graphemes(drop_undrawable(text, style), style):
            assert all(map(grapheme.typeface.has, grapheme.text))


@pytest.mark.parametrize(
    ("text", "drawable"),
    [
        ("one \U00012000 two", "one two"),
        ("broken \ud800 half", "broken half"),
        ("𝕳𝖊𝖗𝖒𝖊𝖘", "Hermes"),
        ("Z" + "\u0301" * 500, "\u0179\u0301"),
        ("e\u0301", "é"),
        ("❤\ufe0f", "❤"),
        ("\u0301", "\u0301"),
        ("", ""),
    ],
    ids=ascii,
)
def test_undrawable_characters_are_dropped(text: str, drawable: str) -> None:
    assert drop_undrawable(text, Style.TITLE) == drawable


def test_letters_are_kerned() -> None:
    apart = shape_line("A", Style.TITLE).advance + shape_line("V", Style.TITLE).advance

    assert shape_line("AV", Style.TITLE).advance < apart


def test_arabic_letters_join() -> None:
    alone = sum(shape_line(letter, Style.TITLE).advance for letter in "نموذج")

    assert shape_line("نموذج", Style.TITLE).advance < 0.9 * alone


def test_right_to_left_text_has_its_first_glyph_last() -> None:
    first = shape_line("א", Style.TITLE).glyphs[0].number
    line = shape_line("אב", Style.TITLE)

    assert [glyph.number for glyph in line.glyphs].index(first) == 1
    assert line.glyphs[0].x < line.glyphs[1].x


def test_han_forms_are_japanese_beside_kana_else_chinese() -> None:
    chinese = shape_line("直", Style.TITLE).glyphs[0].number

    assert shape_line("直の", Style.TITLE).glyphs[0].number != chinese
    assert shape_line("直模型", Style.TITLE).glyphs[0].number == chinese


def test_joined_emoji_are_one_glyph() -> None:
    assert len(shape_line("👩\u200d👩\u200d👧\u200d👦", Style.TITLE).glyphs) == 1


def test_coverage_is_relative_to_the_baseline() -> None:
    mask = shape_line("g", Style.TITLE).rasterize(100)

    assert -60 < mask.top < -40
    assert 15 < mask.top + mask.height < 30
    assert len(mask.coverage) == mask.width * mask.height
    assert shape_line(" ", Style.TITLE).rasterize(100).coverage == b""


def test_typeface_has_all_characters_of_a_cluster() -> None:
    plain = typeface_for("a", Style.TEXT)
    marked = typeface_for("a\u1dc4", Style.TEXT)

    assert plain is not None
    assert marked is not None
    assert (plain.file, marked.file) == ("LibreFranklin[wght].ttf", "NotoSans[wght].ttf")


@pytest.mark.parametrize("style", [Style.TITLE, Style.STRONG, Style.TEXT])
def test_equal_latin_letters_have_equal_pixels(style: Style) -> None:
    mask = shape_line("iiiiiiii", style).rasterize(31)
    rows = [mask.coverage[at : at + mask.width] for at in range(0, len(mask.coverage), mask.width)]
    columns = [column for column in zip(*rows, strict=True) if any(column)]

    assert len(set(columns)) <= len(columns) // 8


def test_joined_letters_are_placed_in_fractions_of_a_pixel() -> None:
    joined = {
        glyph.typeface.file: glyph.typeface.has_joined_letters
        for text in ("Gemini", "نموذج", "मॉडल")
        for glyph in shape_line(text, Style.TITLE).glyphs
    }

    assert joined == {
        "SourceSerif4[opsz,wght].ttf": False,
        "NotoSansArabic[wght].ttf": True,
        "NotoSansDevanagari[wght].ttf": True,
    }
