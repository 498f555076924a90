"""Text of strangers stays text, wherever it stands: judged by parsers, beside a harmless record."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from html import unescape

import html5lib
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from handler.asgi import AsgiApp
from handler.domain.previews.discord_embed import validate_embed_json
from handler.web.cards.response import render_card_cached
from tests.support.builders import MemoryStore, stored
from tests.support.constants import SITE_URL
from tests.support.external import real_part
from tests.support.hostile.payloads import XSS, naughty, profile_with
from tests.support.http.answer import Answer
from tests.support.http.asgi import ask, create_app
from tests.support.iterations import repeat
from tests.support.pages.page_head import head_of
from tests.support.pages.structure import Structure, structure_of

MODEL = "acme/hostile"
HARMLESS = ("harmless words", "", "acme/words", "text")
PAGES = [
    "/",
    f"/{MODEL}",
    "/acme/hostil",
    "/api",
    "/changes",
    "/methodology",
    "/acme",
    f"/{MODEL}/preview",
]
PAGES += ["/?by=acme&sort=name", "/?has=tools&is=withdrawn", f"/compare?m={MODEL}"]
XMLS = ["/feed.xml", f"/{MODEL}/feed.xml", "/acme/feed.xml", f"/{MODEL}/badge.svg", "/sitemap.xml"]
# Links, mentions, formats and headings, where no backslash takes their meaning.
ACTIVE_IN_DISCORD = re.compile(r"(?<!\\)([`*_~|<>\[\]()@#]|:(?! ))|\n[-#]")
OTHERS = [f"/{MODEL}.md", "/llms.txt", "/api/models", f"/api/models/{MODEL}"]


# At the start of a cell, or of what other separators make of it.
FORMULA = re.compile(r"(^|[;|\t\r\n])\s*[=+\-@＝＋－＠]")
FORMULAS = ["=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)", "a;=1", "a;＝1", "a|@x", "\u00ad=1", "a; =1"]


def site_with(text: str) -> AsgiApp:
    return create_app(MemoryStore(stored(profile_with(text, MODEL))), SITE_URL)


def answers_with(text: str) -> dict[str, Answer]:
    app = site_with(text)
    addresses = [address.partition("?") for address in (*PAGES, *XMLS, *OTHERS)]
    return {"".join(parts): ask(app, parts[0], query=parts[2]) for parts in addresses}


@pytest.fixture(scope="module")
def harmless() -> list[dict[str, Answer]]:
    return [answers_with(text) for text in HARMLESS]


@pytest.mark.promise("P16", "payloads in every field of a record, judged by parsers")
def test_text_of_strangers_is_text_on_every_page(
    harmless: list[dict[str, Answer]], record_property: Callable[[str, int], None]
) -> None:
    record_property("tried", len(XSS[:: repeat(3, 1)]))
    for text in XSS[:: repeat(3, 1)]:
        judge(text, answers_with(text), harmless)


@pytest.mark.long
@pytest.mark.promise("P16", "naughty strings in every field of a record, judged by parsers")
def test_naughty_strings_are_text_on_every_page(
    harmless: list[dict[str, Answer]], record_property: Callable[[str, int], None]
) -> None:
    texts = naughty(real_part("BURGEE_NAUGHTY"))
    record_property("tried", len(texts))
    for text in texts:
        judge(text, answers_with(text), harmless)


def judge(text: str, answers: dict[str, Answer], harmless: list[dict[str, Answer]]) -> None:
    """Judge what a text has become, everywhere at once."""
    for path, answer in answers.items():
        beside = [one[path] for one in harmless]
        assert set(answer.headers) <= {name for one in beside for name in one.headers}, path
        assert answer.headers["content-type"] == beside[0].headers["content-type"]
        if path in PAGES:
            assert structure_of(answer.text).beyond(united(beside)) == [], (path, text)
        if path in XMLS:
            assert xml_kinds(answer) <= set().union(*map(xml_kinds, beside)), (path, text)
    page = answers[f"/{MODEL}"]
    assert scripts_of(page.text) <= scripts_of(harmless[0][f"/{MODEL}"].text)
    embed = head_of(page.text).embed
    if embed:
        assert validate_embed_json(embed) == []
        assert not ACTIVE_IN_DISCORD.search(shown_in_discord(embed)), text
    assert markdown_kinds(answers[f"/{MODEL}.md"]) <= set().union(
        *(markdown_kinds(one[f"/{MODEL}.md"]) for one in harmless)
    ), text
    assert json.loads(answers[f"/api/models/{MODEL}"].body)["openrouter_raw"]["name"] == text


def united(answers: list[Answer]) -> Structure:
    first, *others = (structure_of(answer.text) for answer in answers)
    for other in others:
        first |= other
    return first


def xml_kinds(answer: Answer) -> set[str]:
    """Return the kinds of elements, with the hosts that they lead to. Raises for what is no XML."""
    root = etree.fromstring(answer.body, etree.XMLParser(resolve_entities=False))
    assert not root.getroottree().docinfo.internalDTD
    return set(_xml_kinds(root))


def _xml_kinds(root: etree._Element) -> Iterator[str]:
    for one in root.iter():
        host = re.sub(r"^(https?://[^/]*)?.*", r"\1", one.get("href", ""))
        yield f"{one.tag} {sorted(one.attrib)} {host}"


def scripts_of(html: str) -> set[str]:
    """Return the code, and the types of the data blocks, which are JSON as a browser reads them."""
    found = html5lib.parse(html, namespaceHTMLElements=False).findall(".//script")
    blocks = [script for script in found if script.get("type")]
    for block in blocks:
        json.loads(block.text)
    code = {script.text for script in found if script not in blocks}
    return code | {block.get("type") for block in blocks}


def markdown_kinds(answer: Answer) -> set[str]:
    """Return what a renderer that trusts what it gets makes of Markdown."""
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(answer.text)
    structure = structure_of(html, without_prose=False)
    return {*structure.kinds, *structure.places}


def shown_in_discord(embed: str) -> str:
    """Return the words of an embed that Discord reads as Markdown."""
    words: str = json.loads(embed)["component"]["components"][0]["content"]
    return words.removeprefix("## ")


def test_the_text_is_there_to_be_read() -> None:
    for text in ("<script>alert(1)</script>", '" autofocus onfocus=alert(1) x="'):
        page = ask(site_with(text), f"/{MODEL}").text
        (title,) = re.findall(r"<h1>(.*)</h1>", page)

        assert unescape(title) == text


def test_no_cell_of_a_file_is_a_formula() -> None:
    """As spreadsheets read it: a cell that begins so is reckoned, not shown."""
    for text in (*XSS, *FORMULAS):
        rows = list(csv.reader(ask(site_with(text), "/models.csv").text.splitlines(keepends=True)))

        assert {len(row) for row in rows} == {len(rows[0])}
        assert [cell for row in rows for cell in row if FORMULA.search(cell)] == []


def test_a_card_of_any_text_is_drawn() -> None:
    for text in XSS[:: repeat(5, 1)]:
        render_card_cached.cache_clear()
        card = ask(site_with(text), f"/{MODEL}/card.png")

        assert (card.status, card.headers["content-type"]) == (200, "image/png")
        assert card.body.startswith(b"\x89PNG\r\n\x1a\n")
        # No text is in it, which a reader of its metadata would show.
        assert set(re.findall(rb"IHDR|PLTE|tRNS|IDAT|IEND|tEXt|iTXt|zTXt|eXIf", card.body)) <= {
            b"IHDR",
            b"PLTE",
            b"tRNS",
            b"IDAT",
            b"IEND",
        }
