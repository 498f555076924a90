import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.web.cards.text.bidi import Run, visual_runs


def ltr(text: str) -> Run:
    return Run(text, right_to_left=False)


def rtl(text: str) -> Run:
    return Run(text, right_to_left=True)


# In logical order: Hebrew and Arabic letters run right to left, their numbers left to right.
@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", []),
        ("Gemini 2.5 (Pro)", [ltr("Gemini 2.5 (Pro)")]),
        ("אבג", [rtl("אבג")]),
        ("אבג דה", [rtl("אבג דה")]),
        ("Model אבג דה 7", [ltr("Model "), ltr("7"), rtl("אבג דה ")]),
        ("Model אבג, one", [ltr("Model "), rtl("אבג"), ltr(", one")]),
        ("אבג 2.5 דה", [rtl(" דה"), ltr("2.5"), rtl("אבג ")]),
        ("אבג Pro 7B", [ltr("Pro 7B"), rtl("אבג ")]),
        ("אבג $5 דה", [rtl(" דה"), ltr("$5"), rtl("אבג ")]),
        ("א\u05b7ב", [rtl("א\u05b7ב")]),
        ("نموذج ٣", [ltr("٣"), rtl("نموذج ")]),
        ("٣ models", [ltr("٣"), ltr(" models")]),
    ],
)
def test_runs_are_in_visual_order(text: str, runs: list[Run]) -> None:
    assert visual_runs(text) == runs


@given(st.text(alphabet="aZ 5.,$אבنم٣\u0301(-", max_size=30))
def test_runs_have_every_character_once(text: str) -> None:
    assert sorted("".join(run.text for run in visual_runs(text))) == sorted(text)
