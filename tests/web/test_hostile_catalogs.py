"""No answer is larger than Lambda can send, whatever many records hold together.

Lambda refuses an answer above 6 MB, with what JSON and Base64 add to it.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from handler.asgi import AsgiApp
from handler.domain.catalog.profile import EndpointData, Profile
from handler.web.app import ROUTES
from tests.support.builders import AS_OF, MemoryStore, profile, record, record_absence, stored
from tests.support.http.asgi import ask, create_app
from tests.support.iterations import repeat

from datetime import timedelta  # isort: skip

MAX_BYTES = 4_200_000
LONG_NAME = '"&<' * 66
MODEL, AUTHOR = "a0/m0", "a0"
QUERIES = {
    "/": ["", "page=3", "has=x", "is=withdrawn", "by=a0", "q=zzzz"],
    "/models.csv": ["", "is=withdrawn"],
    "/compare": ["", "&".join(f"m=a{n}/m{n}" for n in range(5)), "m=" + ",".join("xyz" * 30)],
    "/changes": ["period=all", "kind=listed&period=all"],
}
APIS = ("", "?limit=1000", f"/{MODEL}", f"/{MODEL}/history", f"/{MODEL}/endpoints")


def invented(number: int) -> Profile:
    """Return a model all of whose values are its own, and as long as a refresh lets in."""
    own = [f"{number}x{n}" for n in range(200)]
    providers = tuple({"provider_name": f"P{number} {n} {LONG_NAME}"} for n in range(100))
    fields: dict[str, Any] = {
        "architecture": {"input_modalities": own, "output_modalities": own},
        "supported_parameters": [f"{each}{'p' * 190}" for each in own],
        "name": LONG_NAME,
    }
    data = EndpointData(AS_OF, providers)
    return profile(record(f"a{number}/m{number}", **fields), endpoint_data=data)


def crowded(number: int) -> Profile:
    """Return one of the many models of an author."""
    model_id = f"a0/m{number}{'y' * 180 if number else ''}"
    known = profile(record(model_id, name=f"{number} {LONG_NAME}"))
    gone = record_absence(known.history, AS_OF + timedelta(days=1))
    return known._replace(history=gone) if number % 2 else known


CATALOGS = {"invented values": (invented, 150, 600), "one author": (crowded, 4_000, 40_000)}


@pytest.fixture(scope="module", params=list(CATALOGS))
def app(request: pytest.FixtureRequest) -> AsgiApp:
    build, usual, long = CATALOGS[request.param]
    return create_app(MemoryStore(stored(*map(build, range(repeat(usual, long))))))


def paths() -> Iterator[tuple[str, str]]:
    for route in ROUTES:
        path = route.pattern.format(model=MODEL, author=AUTHOR, hash="0" * 16, number="1")
        yield from ((path, query) for query in QUERIES.get(route.pattern, [""]))
    for path in APIS:
        yield f"/api/models{path.partition('?')[0]}", path.partition("?")[2]


@pytest.mark.promise("P15", "routes over hostile catalogs")
def test_every_answer_over_a_hostile_catalog_can_be_sent(app: AsgiApp) -> None:
    sizes = {}
    for path, query in paths():
        answer = ask(app, path, query=query)
        assert answer.status in (200, 404), (path, query, answer.status)
        sizes[path, query] = len(answer.body)

    assert {address: size for address, size in sizes.items() if size > MAX_BYTES} == {}
