import pytest

from handler.bootstrap import app_over
from handler.web.query_names import QUERY_NAMES
from tests.records import HERMES, MemoryStore, catalog_bytes, record
from tests.support.asgi import ask

APP = app_over(MemoryStore(catalog_bytes([HERMES, record()])), "https://previews.example.org")
HASH = "0123456789abcdef"
PATHS = [
    *(path.replace("*", HASH) for path in QUERY_NAMES),
    "/acme", "/acme/one", f"/acme/one/card-{HASH}.png", "/methodology", "/no/such", "/healthz",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_other_name_changes_an_answer(path: str) -> None:
    read = QUERY_NAMES.get(path.replace(HASH, "*"), ())
    others = {"q", "by", "is", "m", "tokens", "utm_source", "v"} - set(read)

    query = "&".join(f"{name}=acme/one" for name in sorted(others))
    assert ask(APP, path, query=query) == ask(APP, path)


@pytest.mark.parametrize("path", QUERY_NAMES)
def test_each_route_of_the_table_is_answered(path: str) -> None:
    assert ask(APP, path.replace("*", HASH)).status == 200
