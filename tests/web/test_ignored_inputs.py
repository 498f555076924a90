"""What a request says beside what we read changes not a byte of the answer."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.asgi import AsgiApp
from handler.web.http.request import VARYING_REQUEST_HEADERS
from tests.support.builders import HERMES, MemoryStore, catalog_bytes, record
from tests.support.http.asgi import ask, create_app
from tests.support.http.ignored_inputs import PAGES, POISON_HEADERS, QUERY_NAMES

RECORDS = [HERMES, record("acme/one", hugging_face_id="Acme/One-HF"), record("~acme/latest")]


@pytest.fixture(scope="module")
def app() -> AsgiApp:
    return create_app(MemoryStore(catalog_bytes(RECORDS)))


TOKENS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_", min_size=1, max_size=24)
NAMES = (st.sampled_from(sorted(POISON_HEADERS)) | TOKENS).filter(
    lambda name: name not in VARYING_REQUEST_HEADERS
)
VALUES = st.sampled_from(sorted({*POISON_HEADERS.values()})) | st.text(
    st.characters(max_codepoint=255, exclude_characters="\r\n\x00"), max_size=60
)
QUERIES = st.lists(
    st.tuples(st.sampled_from(QUERY_NAMES) | st.text(max_size=8), st.text(max_size=40))
).map(lambda pairs: "&".join(f"{name}={value}" for name, value in pairs)) | st.text(max_size=80)


@pytest.mark.promise("P3", "requests with arbitrary queries, cookies and headers, in process")
@given(
    st.sampled_from(sorted(PAGES)),
    st.dictionaries(NAMES, VALUES, max_size=6),
    QUERIES,
    st.sampled_from(["GET", "HEAD"]),
)
def test_ignored_inputs_change_no_byte(
    app: AsgiApp, path: str, headers: Mapping[str, str], query: str, method: str
) -> None:
    sent = without(PAGES[path], query).encode("utf-8", "replace")

    answer = ask(app, path, method, headers, {"query_string": sent, "scheme": "gopher"})

    assert answer == ask(app, path, method)


def without(names: frozenset[str], query: str) -> str:
    """Return the query without the parameters that a page reads."""
    kept = [
        part
        for part in query.split("&")
        if not {name for name, _ in parse_qsl(part, keep_blank_values=True)} & names
    ]
    return "&".join(kept)


@pytest.mark.promise("P3", "headers that have poisoned caches elsewhere, on every page")
@pytest.mark.parametrize("path", PAGES)
def test_no_header_that_poisons_caches_elsewhere_is_read(app: AsgiApp, path: str) -> None:
    plain = ask(app, path)

    assert {
        name
        for name, value in POISON_HEADERS.items()
        if ask(app, path, headers={name: value}) != plain
    } == set()


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_varies_by_encoding_alone(app: AsgiApp, path: str) -> None:
    assert ask(app, path).headers["vary"] == "Accept-Encoding"


@pytest.mark.promise("P17", "hosts and forwarding headers, on every page")
@given(
    st.sampled_from(sorted(PAGES)),
    st.sampled_from(["host", "x-forwarded-host", "forwarded", "x-original-url", "x-rewrite-url"]),
    st.sampled_from(["evil.example", "evil.example:443", "//evil.example", "host=evil.example"]),
)
def test_no_address_comes_from_a_request(app: AsgiApp, path: str, name: str, host: str) -> None:
    answer = ask(app, path, headers={name: host})

    assert b"evil.example" not in answer.body
    assert "evil.example" not in str(answer.headers)
