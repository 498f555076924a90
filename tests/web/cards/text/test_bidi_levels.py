"""Embedding levels, in cases of the form of Unicode's BidiCharacterTest.txt.

Code points; the line's direction (0 left to right, 1 right to left, 2 that of the first strong
character); the level of the line; the levels of its characters; their visual order.
"""

from unicodedata import bidirectional

import pytest

from handler.web.cards.text.bidi import embedding_levels, visual_runs

CASES = {
    "N0: brackets around Latin in a Hebrew line": (
        "05D0 05D1 0020 0028 0050 0072 006F 0029 0020 05D2;2;1;1 1 1 1 2 2 2 1 1 1;"
        "9 8 7 4 5 6 3 2 1 0"
    ),
    "N0: brackets at the end of a Hebrew line": (
        "05D0 0020 0028 0050 0072 0029;2;1;1 1 1 2 2 1;5 3 4 2 1 0"
    ),
    "N0: brackets around Hebrew in a Latin line": (
        "0061 0020 0028 05D0 05D1 0029 0020 05D2;2;0;0 0 0 1 1 0 0 1;0 1 2 4 3 5 6 7"
    ),
    "N0: brackets with the line's direction inside": (
        "05D0 0020 005B 0061 0020 05D1 005D 0020 0062;2;1;1 1 1 2 1 1 1 1 2;8 7 6 5 4 3 2 1 0"
    ),
    "N0: the context before decides against the line": (
        "0061 05D0 0028 05D1 0029 0062;2;0;0 1 1 1 1 0;0 4 3 2 1 5"
    ),
    "N0: a number in brackets is right to left": (
        "0061 0020 05D0 0020 0028 0032 0029 0020 05D1;2;0;0 0 1 1 1 2 1 1 1;0 1 8 7 6 5 4 3 2"
    ),
    "N0: empty brackets are neutral": ("05D0 0028 0029 0061;0;0;1 0 0 0;0 1 2 3"),
    "N0: nested brackets": ("05D0 0028 0061 005B 0062 005D 0029;2;1;1 1 2 2 2 2 1;6 2 3 4 5 1 0"),
    "N0: brackets of two kinds are no pair": ("05D0 0028 0061 005D;2;1;1 1 2 1;3 2 1 0"),
    "N0: a mark on a bracket follows it": ("05D0 0028 0061 0029 0301;2;1;1 1 2 1 1;4 3 2 1 0"),
    "BD16: a canonical equivalent closes": ("05D0 2329 0061 3009;2;1;1 1 2 1;3 2 1 0"),
    "W1: a mark at the start has the line's direction": ("0301 05D0;1;1;1 1;1 0"),
    "W2: digits after Arabic letters are Arabic numbers": (
        "0627 0020 0031 002B 0032;2;1;1 1 2 1 2;4 3 2 1 0"
    ),
    "W2: digits after Hebrew letters stay European": (
        "05D0 0020 0031 002B 0032;2;1;1 1 2 2 2;2 3 4 1 0"
    ),
    "W2: Latin ends the reach of Arabic": ("0627 0061 0031 002B 0032;2;1;1 2 2 2 2;1 2 3 4 0"),
    "W4: a comma between numbers of two types": ("0627 0031 002C 06F2;0;0;1 2 2 2;1 2 3 0"),
    "W5: a currency sign before a number": ("05D0 0020 0024 0035;2;1;1 1 2 2;2 3 1 0"),
    "W5: a percent sign after an Arabic number": ("0627 0031 0025;2;1;1 2 1;2 1 0"),
    "W5: several terminators": ("05D0 0024 0024 0031;2;1;1 2 2 2;1 2 3 0"),
    "W7: digits after Latin are Latin": ("05D0 0061 0020 0031;2;1;1 2 2 2;1 2 3 0"),
    "N1: an emoji between Hebrew words": ("05D0 0020 1F42C 0020 05D1;2;1;1 1 1 1 1;4 3 2 1 0"),
    "P2: an emoji before Hebrew does not decide": ("1F42C 0020 05D0;2;1;1 1 1;2 1 0"),
    "P2: an emoji before Latin does not decide": ("1F42C 0061 05D0;2;0;0 0 1;0 1 2"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_levels_are_those_of_the_standard(case: str) -> None:
    points, direction, line_level, expected, _ = case.split(";")
    text = _parse(points)
    base = {"0": "L", "1": "R", "2": None}[direction]

    levels = embedding_levels(text, [bidirectional(character) for character in text], base)

    assert levels == [int(level) for level in expected.split()]
    assert all(level >= int(line_level) for level in levels)


AUTOMATIC = {name: case for name, case in CASES.items() if case.split(";")[1] == "2"}


@pytest.mark.parametrize("case", AUTOMATIC.values(), ids=AUTOMATIC)
def test_runs_are_in_the_visual_order_of_the_standard(case: str) -> None:
    points, _, _, _, order = case.split(";")
    text = _parse(points)

    shown = "".join(run.text[::-1] if run.right_to_left else run.text for run in visual_runs(text))

    assert shown == "".join(text[int(index)] for index in order.split())


def _parse(points: str) -> str:
    return "".join(chr(int(point, 16)) for point in points.split())
