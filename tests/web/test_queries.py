from urllib.parse import urlencode

import pytest

from handler.bootstrap import app_over
from tests.records import HERMES, MemoryStore, catalog_bytes, record
from tests.support.asgi import ask
from tests.support.queries import QUERY_NAMES

APP = app_over(MemoryStore(catalog_bytes([HERMES, record()])), "https://previews.example.org")
CARD = "-0123456789abcdef"
ADDRESSES = {
    **{pattern: pattern.replace("*/", "/acme/one/").replace("*", CARD) for pattern in QUERY_NAMES},
    **{path: path for path in (
        "/acme", "/acme/one", f"/acme/one/card{CARD}.png", "/acme/one.md", "/methodology",
        "/no/such", "/healthz", "/robots.txt", "/sitemap.xml", "/llms.txt",
    )},
}  # fmt: skip
TELLING = {
    "q": "hermes", "by": "acme", "is": "free", "m": "acme/one", "in": "5", "kind": "price",
    "show": "context", "utm_source": "x", "v": "2", "callback": "f",
}  # fmt: skip


@pytest.mark.parametrize("pattern", ADDRESSES)
def test_no_other_name_changes_an_answer(pattern: str) -> None:
    read, path = QUERY_NAMES.get(pattern, ()), ADDRESSES[pattern]
    others = {name: value for name, value in TELLING.items() if name not in read}

    assert ask(APP, path, query=urlencode(others)) == ask(APP, path)


@pytest.mark.parametrize("pattern", QUERY_NAMES)
def test_each_address_of_the_table_is_answered(pattern: str) -> None:
    assert ask(APP, ADDRESSES[pattern]).status == 200
