"""What one visitor says never reaches another through a shared cache, nor around it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handler.adapters.storage.file_store import FileStore
from handler.asgi import AsgiApp
from scripts.local_stack.nginx import Cdn, cdn
from tests.support.builders import MemoryStore, catalog_bytes, record
from tests.support.constants import SITE_URL
from tests.support.external import real_part
from tests.support.http.answer import Answer, http_get
from tests.support.http.asgi import ask, create_app
from tests.support.http.ignored_inputs import PAGES, POISON_HEADERS, QUERY_NAMES
from tests.support.http.raw_http import answered
from tests.support.iterations import repeat
from tests.support.servers.serve_process import serving

pytestmark = pytest.mark.e2e

COLD = [f"acme/cold-{number}" for number in range(120)]
RECORDS = [
    record("acme/one", hugging_face_id="Acme/One-HF"),
    record("~acme/latest"),
    *map(record, COLD),
]
EXAMPLES = settings(max_examples=repeat(60, 10_000))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    FileStore(folder).put(catalog_bytes(RECORDS), None)
    return folder


@pytest.fixture(scope="module")
def app() -> AsgiApp:
    return create_app(MemoryStore(catalog_bytes(RECORDS)))


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    with serving("--store", folder, "--offline", environment={"SITE_URL": SITE_URL}) as (
        address,
        _,
    ):
        yield address


@pytest.fixture(scope="module")
def cache(site: str) -> Iterator[Cdn]:
    with cdn(site, real_part("BURGEE_NGINX")) as running:
        yield running


# A cache that is asked for another copy than its own refuses, as RFC 9110 says (412).
ITS_OWN = {"host", "if-match", "if-unmodified-since"}
HEADER_NAMES = st.sampled_from([*sorted(set(POISON_HEADERS) - ITS_OWN), "expect", "via", "x-a"])
HEADER_VALUES = st.sampled_from(sorted({*POISON_HEADERS.values(), "100-continue"})) | st.text(
    st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=40
)


@pytest.mark.promise(
    "P3", "requests with arbitrary queries and headers, through a cache and around"
)
@EXAMPLES
@given(
    st.sampled_from([path for path, names in PAGES.items() if not names]),
    st.dictionaries(HEADER_NAMES, HEADER_VALUES, max_size=4),
    st.lists(st.tuples(st.sampled_from(QUERY_NAMES), st.text(max_size=10)), max_size=3),
)
def test_ignored_inputs_change_no_byte_at_any_door(
    cache: Cdn, site: str, path: str, headers: dict[str, str], query: list[tuple[str, str]]
) -> None:
    lines = b"".join(f"{name}: {value}\r\n".encode("latin-1") for name, value in headers.items())
    words = "&".join(f"{name}={value.encode().hex()}" for name, value in query)
    target = f"{path}?{words}".encode()

    plain = http_get(site, path)

    for door in (site, cache.url):
        assert as_made(answered(door, target, lines=lines)) == as_made(plain)


def as_made(answer: Answer) -> Answer:
    """Return an answer without what servers and caches add to it."""
    added = {"date", "server", "connection", "x-cache"}
    kept = {name: value for name, value in answer.headers.items() if name not in added}
    return Answer(answer.status, kept, answer.body)


SPOILERS = [
    *((name, "GET", {name: value}) for name, value in POISON_HEADERS.items() if name != "host"),
    ("host", "GET", {"Host": "evil.example"}),
    ("head", "HEAD", {}),
    ("range", "GET", {"Range": "bytes=0-9"}),
    ("a range past the end", "GET", {"Range": "bytes=999999-"}),
    ("if-range", "GET", {"Range": "bytes=0-9", "If-Range": '"other"'}),
    ("if-none-match", "GET", {"If-None-Match": "*"}),
    ("gzip", "GET", {"Accept-Encoding": "gzip"}),
    ("no encoding at all", "GET", {"Accept-Encoding": "identity;q=0, *;q=0"}),
    ("a refused method", "POST", {}),
]


@pytest.mark.promise("P3", "cold pages that are first asked for by one who would poison a cache")
@pytest.mark.parametrize(("spoiler", "address"), list(zip(SPOILERS, COLD, strict=False)), ids=str)
def test_first_request_cannot_poison_the_cache(
    cache: Cdn, app: AsgiApp, spoiler: tuple[str, str, dict[str, str]], address: str
) -> None:
    _, method, headers = spoiler
    http_get(cache.url, f"/{address}?x=1", method, headers)

    assert as_made(http_get(cache.url, f"/{address}")) == as_made(ask(app, f"/{address}"))


@pytest.mark.promise("P3", "preflights of the API, cached apart from its responses")
@pytest.mark.parametrize("methods", [("OPTIONS", "GET"), ("GET", "OPTIONS")], ids=str)
def test_preflight_and_response_are_cached_apart(
    cache: Cdn, app: AsgiApp, methods: Sequence[str]
) -> None:
    path = "/api/models/acme/one"
    query = f"q={methods[0]}"  # which other tests have not cached
    asked = {"origin": "https://other.example", "access-control-request-headers": "x-evil"}

    for _ in range(2):
        for method in methods:
            answer = http_get(cache.url, f"{path}?{query}", method, asked)
            assert as_made(answer) == as_made(ask(app, path, method))
    assert [line for line in cache.exchanges if line == f"OPTIONS {path}?{query} 204 HIT"]


@pytest.mark.promise("P20", "every kind of page around the cache, as through it")
@pytest.mark.parametrize("path", PAGES)
def test_around_the_cache_the_same_bytes_come_out(cache: Cdn, site: str, path: str) -> None:
    assert as_made(http_get(site, path)) == as_made(http_get(cache.url, path))
