"""What holds for any input, not only for those that somebody thought of."""

import gzip
import json
import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.adapters.markdown import MarkdownItRenderer
from handler.asgi import AsgiApp
from handler.domain.catalog.model import parse_model
from handler.domain.catalog.model_history import new_history
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.public_record import public_record
from handler.domain.errors import InvalidJson, InvalidRecord, InvalidSnapshot
from handler.domain.ingest import lenient_json
from handler.domain.snapshot.decode import decode_whole
from handler.domain.snapshot.encode import encode
from handler.domain.text import collapse_whitespace, truncate
from handler.services.catalog_cache import REVALIDATE_SECONDS
from handler.web.formatting import pretty_json
from handler.web.http.conditional import apply_conditions
from handler.web.http.headers import HTML, PAGE_CACHE
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from tests.support.builders import (
    AS_OF,
    HERMES,
    NO_PROSE,
    MemoryStore,
    catalog_bytes,
    contents,
    record,
)
from tests.support.constants import SITE_URL
from tests.support.http.asgi import ask, create_app

RECORDS = [HERMES, record("acme/one:free", canonical_slug="acme/one-1"), record("~acme/latest")]
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | NUMBERS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from(sorted({*HERMES, "knowledge_cutoff", "alias_target", "unheard_of"}))


@pytest.fixture(scope="module")
def app() -> AsgiApp:
    return create_app(MemoryStore(catalog_bytes(RECORDS)))


@pytest.fixture(scope="module")
def changing() -> tuple[MemoryStore, AsgiApp]:
    """A store, and a site that looks at it before each page.

    An application of its own for each example would be twice as slow, and leave a module of
    templates behind, which Hypothesis trips over once it is gone.
    """
    store = MemoryStore(catalog_bytes(RECORDS))
    seconds = map(float, count(step=REVALIDATE_SECONDS + 1))
    return store, create_app(store, clock=seconds.__next__)


@given(st.text(max_size=200), st.integers(4, 80), st.integers(4, 80))
def test_truncated_text_fits_and_is_a_prefix(text: str, characters: int, utf8_bytes: int) -> None:
    line = collapse_whitespace(text)

    cut = truncate(line, characters, utf8_bytes)

    assert len(cut) <= characters
    assert len(cut.encode()) <= utf8_bytes
    assert cut == line or (cut.endswith("…") and line.startswith(cut[:-1]))


@pytest.mark.promise("P13", "records with arbitrary fields")
@given(st.dictionaries(FIELDS, JSON))
def test_any_record_is_a_model_or_is_refused_by_its_id(
    changing: tuple[MemoryStore, AsgiApp], fields: dict[str, Any]
) -> None:
    raw = {**HERMES, **fields, "id": "acme/one"}
    try:
        model = parse_model(raw, NO_PROSE)
    except InvalidRecord as error:
        assert str(error).startswith("acme/one: ")  # noqa: PT017 - either outcome is right
        return

    known = Profile(model, new_history(model, AS_OF), AS_OF)
    stored = encode(contents(known), "run")
    store, site = changing
    store.put(stored, str(store.version))
    page = ask(site, "/acme/one")

    assert decode_whole(stored).profile("acme/one") == known
    assert page.status == 200
    assert known.model.name in unescape(page.text)
    assert json.loads(pretty_json(public_record(known)))["openrouter_raw"] == raw


@pytest.mark.promise("P8", "arbitrary bytes as a snapshot")
@given(st.binary(max_size=200))
def test_any_bytes_are_a_snapshot_or_are_refused(body: bytes) -> None:
    for stored in (body, gzip.compress(body)):
        with pytest.raises(InvalidSnapshot):
            decode_whole(stored)


@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_refused_or_survive_a_json_round_trip(body: bytes) -> None:
    try:
        value = lenient_json.parse_json(body, "it")
    except InvalidJson as error:
        assert str(error).startswith("it is not valid JSON")  # noqa: PT017 - as above
        return

    assert json.loads(json.dumps(value, ensure_ascii=False).encode()) == value


@pytest.mark.promise("P17", "arbitrary paths, and where they lead")
@given(st.text(max_size=60).map(lambda path: f"/{path}"))
def test_any_path_is_a_page_or_a_way_to_one_or_a_404(app: AsgiApp, path: str) -> None:
    answer = ask(app, path)

    assert answer.status in (200, 308, 404)
    location = answer.headers.get("location", f"{SITE_URL}/acme/one")
    assert re.fullmatch(rf"{re.escape(SITE_URL)}/([^/\\].*)?", location)


HEADERS = st.dictionaries(
    st.sampled_from(["range", "if-range", "if-none-match", "accept-encoding", "accept", "cookie"]),
    st.text(st.characters(max_codepoint=255), max_size=30)
    | st.sampled_from(["bytes=0-", "bytes=5-1", "gzip;q=0", "gzip", "*", 'W/"x"', "bytes=-0"]),
)


VARYING = {"content-encoding", "content-length", "content-range", "etag"}


@pytest.mark.promise("P3", "arbitrary values of the headers that are read")
@given(HEADERS)
def test_any_headers_get_the_page_or_a_part_of_it(headers: Mapping[str, str]) -> None:
    document = CacheableResponse(b"<p>" + b"words " * 300, HTML, PAGE_CACHE)

    response = apply_conditions(Request("GET", "/", "", headers), document, "default-src 'none'")
    body, sent = response.body, dict(response.headers)
    if sent.get("content-encoding") == "gzip":
        body = gzip.decompress(body)

    plain = dict(apply_conditions(Request("GET", "/"), document, "default-src 'none'").headers)
    assert response.status in (200, 206, 304)
    assert {name: value for name, value in sent.items() if name not in VARYING} == {
        name: value for name, value in plain.items() if name not in VARYING
    }
    if response.status == 206:
        assert body
        assert body in document.body
    else:
        assert body == (b"" if response.status == 304 else document.body)


class _Links(HTMLParser):
    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "style", "iframe", "img", "object", "embed", "form", "meta")
        for name, value in attributes:
            assert name in ("href", "rel", "class", "start")
            assert name != "href" or (value or "").startswith(("http://", "https://"))


PUNCTUATION = [*'[]()<>!`*_#&"\\\n', "\n\n", "- "]
ADDRESSES = ["javascript:", "data:", "//x", "https://a.example", "&#106;", "script"]
MARKDOWN = st.lists(
    st.sampled_from(PUNCTUATION + ADDRESSES) | st.text(max_size=4), max_size=40
).map("".join)


@pytest.mark.promise("P16", "Markdown texts rendered")
@given(MARKDOWN)
def test_any_markdown_becomes_harmless_html(markdown: str) -> None:
    prose = MarkdownItRenderer("https://openrouter.ai/")(markdown)

    links = _Links()
    links.feed(prose.html)
    links.close()
    assert prose.lead == collapse_whitespace(prose.lead)
