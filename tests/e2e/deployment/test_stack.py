"""The whole deployment: an event refreshes S3, and pages come out of the CDN."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handler.adapters.storage.s3_boto3 import Boto3Store
from handler.adapters.storage.s3_location import S3Location
from handler.domain.snapshot.decode import decode_whole
from handler.domain.snapshot.names import MARKER_NAME, OBJECT_NAME
from scripts.commands import smoke
from scripts.local_stack.lambda_emulator import LambdaEmulator
from scripts.local_stack.stack import STORE, Stack, Tools, run_stack
from scripts.smoke_checks.page_checks import CHECKS
from tests.support.builders import HERMES, MemoryStore, record
from tests.support.external import real_part
from tests.support.http.answer import Answer, http_get, invoked
from tests.support.http.asgi import ask, create_app
from tests.support.http.lambda_events import http_event, scheduled_event
from tests.support.servers.upstream import Upstream, gzipped_json, json_body

pytestmark = pytest.mark.e2e

HERMES_PATH = "/nousresearch/hermes-4-405b"
RECORDS = [
    HERMES,
    record("acme/one:free"),
    record("~acme/latest"),
    *(record(f"acme/cold-{number}") for number in range(8)),
]
SPOOFED = {
    "Host": "evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "gopher",
    "Forwarded": "host=evil.example;proto=gopher",
}


@pytest.fixture(scope="module")
def tools(lambda_python: Path) -> Tools:
    sam_python = real_part("BURGEE_SAM").with_name("python")
    return Tools(real_part("BURGEE_RIE"), lambda_python, sam_python, real_part("BURGEE_NGINX"))


@pytest.fixture(scope="module")
def upstream() -> Iterator[Upstream]:
    with Upstream(gzipped_json({"data": RECORDS})) as running:
        yield running


@pytest.fixture(scope="module")
def empty(built: Path, tools: Tools, upstream: Upstream) -> Iterator[Stack]:
    """A deployment before its first refresh."""
    refresh = {
        "OPENROUTER_URL": upstream.url,
        "ARENA_URL": "off",
        "ENDPOINT_REQUESTS_PER_SECOND": "0",
    }
    with run_stack(built, tools, settings={"refresh": refresh}) as running:
        yield running


@pytest.fixture(scope="module")
def before(empty: Stack) -> Answer:
    """The first answer of a deployment that has no catalog."""
    return http_get(empty.gateway, HERMES_PATH)


@pytest.fixture(scope="module")
def found(empty: Stack, before: Answer) -> Any:
    """What the first refresh reports."""
    return empty.refresh.invoke(scheduled_event())


@pytest.fixture(scope="module")
def running(empty: Stack, found: Any) -> Stack:
    """A deployment after its first refresh, with a function that has started since."""
    restart(empty.render)
    return empty


def restart(function: LambdaEmulator) -> None:
    """Replace the process of a function by a cold one at the same address."""
    function.__exit__(None, None, None)
    function.__enter__()


def stored(running: Stack) -> bytes:
    seaweed = running.seaweed
    address = S3Location.parse(STORE, seaweed.region, seaweed.endpoint_url)
    return Boto3Store(address, seaweed.client()).read().body


def expected(running: Stack, path: str, method: str = "GET") -> Answer:
    """Return what the application answers in this process, over what is stored."""
    return ask(create_app(MemoryStore(stored(running)), running.cdn.url), path, method)


def card_of(page: Answer, site: str) -> str:
    named = re.search(rf'property="og:image" content="{re.escape(site)}([^"]+)"', page.text)
    assert named
    return named[1]


def test_before_the_first_refresh_503_has_retry_after(before: Answer) -> None:
    assert (before.status, before.headers["retry-after"]) == (503, "30")
    assert before.headers["cache-control"] == "public, max-age=10, s-maxage=30"
    assert "The catalog is still loading" in before.text


def test_scheduled_event_writes_the_catalog_with_its_role(running: Stack, found: Any) -> None:
    assert (found["models"], found["added"]) == (len(RECORDS), len(RECORDS))
    ids = {entry.id for entry in decode_whole(stored(running)).index}
    assert ids == {one["id"] for one in RECORDS}
    keys = running.seaweed.client().list_objects_v2(Bucket="burgee-catalog")["Contents"]
    folders = {one["Key"].split("/")[1] for one in keys}
    assert folders == {OBJECT_NAME, MARKER_NAME, "raw"}


def test_the_refresh_logs_what_it_found(running: Stack, found: Any) -> None:
    (line,) = [line for line in running.refresh.log.splitlines() if '"refreshed"' in line]
    logged = json.loads(line[line.index("{") :])

    assert logged["found"]["models"] == found["models"]
    metrics = set(re.findall(r'"Name": "(\w+)"', running.refresh.log))
    assert metrics == {"CatalogAgeSeconds"}  # nothing that an alarm counts


def test_page_and_card_through_the_cdn_equal_the_application(running: Stack) -> None:
    page = http_get(running.cdn.url, HERMES_PATH)
    path = card_of(page, running.cdn.url)
    card = http_get(running.cdn.url, path)

    assert (page.status, page.body) == (200, expected(running, HERMES_PATH).body)
    assert (card.status, card.body) == (200, expected(running, path).body)
    assert card.headers["content-type"] == "image/png"
    assert card.body.startswith(b"\x89PNG\r\n\x1a\n")
    assert [http_get(running.cdn.url, p).headers["x-cache"] for p in (HERMES_PATH, path)] == [
        "HIT",
        "HIT",
    ]


@pytest.mark.parametrize(
    ("path", "same_as"),
    [
        ("/nousresearch%2Fhermes-4-405b", HERMES_PATH),
        ("/acme/one:free", "/acme/one:free"),
        ("/acme/one%3Afree", "/acme/one:free"),
        ("/~acme/latest", "/~acme/latest"),
        ("/%7Eacme/latest", "/~acme/latest"),
        (f"{HERMES_PATH}?m=a%2Fb&m=c/d&&utm_source=%00", HERMES_PATH),
        ("/api/models/nousresearch/hermes-4-405b", "/api/models/nousresearch/hermes-4-405b"),
        ("/api/models", "/api/models"),
        ("/models/NousResearch/Hermes-4-405B/", "/models/NousResearch/Hermes-4-405B/"),
        ("/no/such-model", "/no/such-model"),
        ("/%252F", "/%2F"),
        ("/evil.example/..%2F", "/evil.example/../"),
        ("/favicon.ico", "/favicon.ico"),
    ],
    ids=str,
)
def test_an_address_means_the_same_at_every_door(running: Stack, path: str, same_as: str) -> None:
    want = expected(running, same_as)

    for door in (running.cdn.url, running.gateway):
        got = http_get(door, path)
        assert (got.status, got.body) == (want.status, want.body)
        assert got.headers.get("location") == want.headers.get("location")
        assert got.headers["cache-control"] == want.headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    [
        "/?q=no-such-model",
        "/models.csv?q=no-such-model",
        "/api/models?q=no-such-model",
        "/compare?m=acme/one:free",
        "/compare?m[]=acme/one:free",
        "/changes?kind=name",
        "/feed.xml?kind=name",
        f"{HERMES_PATH}/badge.svg?show=context",
        f"{HERMES_PATH}/feed.xml?kind=name",
    ],
)
def test_a_query_reaches_the_pages_that_read_it(running: Stack, path: str) -> None:
    through = http_get(running.cdn.url, path)

    assert through.body == http_get(running.gateway, path).body
    assert through.body != http_get(running.cdn.url, path.partition("?")[0]).body


def test_an_unsatisfiable_range_is_ignored_as_at_the_origin(running: Stack) -> None:
    past_the_end = {"Range": "bytes=99999999-"}
    through = http_get(running.cdn.url, HERMES_PATH, headers=past_the_end)

    assert through.status == http_get(running.gateway, HERMES_PATH, headers=past_the_end).status
    assert (through.status, through.body) == (200, expected(running, HERMES_PATH).body)


@pytest.mark.promise("P18", "preflights of the API, through the whole deployment")
def test_only_the_api_answers_preflights(running: Stack) -> None:
    asked = {"Origin": "https://other.example", "Access-Control-Request-Headers": "if-none-match"}
    doors = (running.gateway, running.cdn.url)
    preflights = [http_get(door, "/api/models", "OPTIONS", asked) for door in doors]
    etag = http_get(running.cdn.url, "/api/models").headers["etag"]
    unchanged = http_get(running.cdn.url, "/api/models", headers={"If-None-Match": etag})

    for answer, status in ((preflights[0], 204), (preflights[1], 204), (unchanged, 304)):
        assert (answer.status, answer.body) == (status, b"")
        assert answer.headers["access-control-allow-origin"] == "*"
    assert {one.headers["access-control-allow-headers"] for one in preflights} == {
        "*, If-None-Match, If-Range, Range"
    }
    # CloudFront refuses a method that its behaviour does not allow with 403.
    refused = [http_get(door, "/feed.xml", "OPTIONS", asked).status for door in doors]
    assert refused == [405, 403]


def test_two_slashes_lead_nowhere_else(running: Stack) -> None:
    for door in (running.cdn.url, running.gateway):
        answer = http_get(door, "//evil.example/NousResearch")
        assert (answer.status, answer.headers.get("location")) == (404, None)


def test_every_check_from_outside_passes(
    running: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    status = smoke.main([running.cdn.url, "--model", "nousresearch/hermes-4-405b"])

    said = capsys.readouterr().out
    assert (status, said.count("\nok "), "FAILED" in said) == (0, len(CHECKS) - 1, False)


def test_a_request_without_any_header_is_answered(running: Stack) -> None:
    assert http_get(running.cdn.url, HERMES_PATH, headers={}).status == 200
    assert http_get(running.gateway, "/", headers={}).status == 200


@pytest.mark.parametrize("name", SPOOFED)
@pytest.mark.parametrize("door", ["cdn", "gateway"])
def test_a_spoofed_header_changes_not_one_byte(running: Stack, door: str, name: str) -> None:
    address = running.cdn.url if door == "cdn" else running.gateway
    # Around the CDN for every answer; through it a page that no other test has warmed.
    cold = f"/acme/cold-{list(SPOOFED).index(name)}"
    for path in (HERMES_PATH, cold, "/", "/NousResearch/Hermes-4-405B", "/nobody/nothing"):
        spoofed = http_get(address, path, headers={name: SPOOFED[name]})
        want = expected(running, path)
        assert (spoofed.status, spoofed.body) == (want.status, want.body)
        assert spoofed.headers.get("location") == want.headers.get("location")
        assert "evil" not in str(spoofed.headers)


def test_warm_function_serves_uncached_pages_without_s3(running: Stack) -> None:
    http_get(running.gateway, "/acme/cold-5")

    with running.seaweed.outage():
        pages = [http_get(running.cdn.url, path) for path in (HERMES_PATH, "/acme/cold-6")]

    assert [page.status for page in pages] == [200, 200]
    assert pages[1].headers["x-cache"] == "MISS"


def test_cold_function_without_s3_answers_503_until_it_is_back(running: Stack) -> None:
    with running.seaweed.outage():
        restart(running.render)
        kept = http_get(running.cdn.url, HERMES_PATH)
        cold = http_get(running.gateway, HERMES_PATH)
    back = eventually_found(running.gateway, HERMES_PATH)

    assert kept.status == 200
    assert (cold.status, cold.headers["retry-after"]) == (503, "30")
    assert cold.headers["cache-control"] == "public, max-age=10, s-maxage=30"
    assert "Please try again shortly" in cold.text
    assert back.body == expected(running, HERMES_PATH).body


def eventually_found(address: str, path: str) -> Answer:
    """Return the page once there is one: an empty store is looked at every other second."""
    for _ in range(20):
        answer = http_get(address, path)
        if answer.status == 200:
            break
        time.sleep(0.5)
    return answer


# The parts that are deployed, with a clock by which a minute passes in a second.
HURRIED = """
import os, time
from handler.bootstrap.render import create_site, snapshot_reader
from handler.settings import Settings
from handler.web.app import respond
from handler.web.http.lambda_event import build_result, parse_event

settings = Settings.from_env(os.environ)
reader = snapshot_reader(settings, os.environ)
site = create_site(reader, settings.site_url, clock=lambda: 60 * time.monotonic())


def lambda_handler(event, context):
    return build_result(respond(site, parse_event(event)))
"""


def test_warm_function_survives_s3_outage_and_catches_up(
    running: Stack, built: Path, tools: Tools, upstream: Upstream, tmp_path: Path
) -> None:
    (tmp_path / "hurried.py").write_text(HURRIED)
    environment = {**running.environments["render"], "PYTHONPATH": str(built)}
    handler, event = "hurried.lambda_handler", http_event("/acme/new")
    with LambdaEmulator(
        tmp_path, handler, environment, tools.emulator, tools.lambda_python
    ) as function:
        warm = invoked(function.invoke(event))
        with running.seaweed.outage():
            time.sleep(1.1)
            during = invoked(function.invoke(event))
            logged = function.log
        upstream.now(json_body({"data": [*RECORDS, record("acme/new")]}))
        running.refresh.invoke(scheduled_event())
        time.sleep(1.1)
        after = invoked(function.invoke(event))

    assert (warm.status, during, after.status) == (404, warm, 200)
    assert f"no new snapshot: cannot read s3://burgee-catalog/catalog/{OBJECT_NAME}" in logged
