"""The lead of a description has every word of it in order, up to where the lead is cut."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.adapters.markdown import LEAD_CHARACTERS, MarkdownItRenderer
from handler.domain.ingest.model_list import parse_list_page
from tests.support.external import each_shared_catalog

INLINE = ("a", "code", "em", "strong")
BLOCKS = [
    "1. Fast\n2. Cheap",
    "10) ten\n11) eleven",
    "- one\n- two\n  1. three",
    "# Title",
    "Under\n---",
    "> a quote of **strong** words",
    "```\ncode ** of `it`\n```",
    "See [the *docs*](/docs) and ![a picture](/p.png)",
    "<think>so</think> ${price} of &amp; \\* 2**3",
    "a half **mark",
    "a_name and 2026. The end",
    "words " * 90,
]
PIECES = [*"[]()<>!`*_#&\\\n", "\n\n", "- ", "1. ", "word", " of ", "3", "**", "https://a.example"]
MARKDOWN = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


class _Page(HTMLParser):
    """Collects the text of a page, a line for each block, with the numbers of ordered lists."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._numbers: list[int | None] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.text += "" if tag in INLINE else "\n"
        if tag in ("ol", "ul"):
            start = dict(attributes).get("start") or "1"
            self._numbers.append(int(start) if tag == "ol" else None)
        elif tag == "li" and (number := self._numbers[-1]) is not None:
            self.text += f"{number} "
            self._numbers[-1] = number + 1

    def handle_endtag(self, tag: str) -> None:
        self.text += "" if tag in INLINE else "\n"
        if tag in ("ol", "ul"):
            self._numbers.pop()

    def handle_data(self, data: str) -> None:
        self.text += data


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def assert_lead_has_all_words(markdown: str) -> None:
    prose = MarkdownItRenderer("https://openrouter.ai/")(markdown)
    page = _Page()
    page.feed(prose.html)
    page.close()

    words, lead = words_of(page.text), words_of(prose.lead)
    if len(prose.lead) > LEAD_CHARACTERS / 2 and len(lead) < len(words):
        lead.pop()  # where one word fills the lead, a part of it is shown
        words = words[: len(lead)]
    assert lead == words


@given(MARKDOWN | st.lists(st.sampled_from(BLOCKS), max_size=9).map("\n\n".join))
def test_lead_has_every_word_of_a_description(markdown: str) -> None:
    assert_lead_has_all_words(markdown)


@pytest.mark.parametrize("path", each_shared_catalog())
def test_lead_has_every_word_of_real_descriptions(path: Path) -> None:
    for raw in parse_list_page(path.read_bytes(), path.name).records:
        assert_lead_has_all_words(raw.get("description") or "")
