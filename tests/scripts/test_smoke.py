"""scripts/smoke against the application in this process, intact and broken."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from scripts.commands import smoke
from scripts.smoke_checks.cdn_checks import times
from scripts.smoke_checks.page_checks import CHECKS, run_checks
from scripts.smoke_checks.site import CheckFailed, Site
from tests.support.builders import HERMES, MemoryStore, catalog_bytes
from tests.support.constants import SITE_URL
from tests.support.http.asgi import ask, create_app

MODEL = "nousresearch/hermes-4-405b"
ANY_AGE = ["--max-age", str(10**9)]


def site(
    modify: Callable[[httpx.Request, httpx.Response], httpx.Response] = lambda _, response: (
        response
    ),
    site_url: str = SITE_URL,
) -> httpx.MockTransport:
    app = create_app(MemoryStore(catalog_bytes([HERMES])), site_url)

    def handle(request: httpx.Request) -> httpx.Response:
        scope = {"query_string": request.url.query}
        got = ask(app, request.url.path, request.method, dict(request.headers), scope=scope)
        response = httpx.Response(got.status, headers=got.headers, content=got.body)
        return modify(request, response)

    return httpx.MockTransport(handle)


def failures(output: str) -> list[str]:
    return [line[8:].split("  ")[0].strip() for line in output.splitlines() if line[0] == "F"]


def run(capsys: pytest.CaptureFixture[str], transport: Any, *options: str) -> tuple[int, str]:
    status = smoke.main([SITE_URL, *(options or ANY_AGE)], transport)
    return status, capsys.readouterr().out


def test_intact_site_passes_with_first_listed_model(capsys: pytest.CaptureFixture[str]) -> None:
    status, output = run(capsys, site())

    assert (status, failures(output)) == (0, [])
    assert [line.split("  ")[0].strip() for line in output.splitlines()] == ["ok"] * len(CHECKS)
    assert f"/{MODEL}, " in output


def test_each_result_is_known_as_its_check_ends() -> None:
    paths: list[str] = []

    def note(request: httpx.Request, response: httpx.Response) -> httpx.Response:
        paths.append(request.url.path)
        return response

    with httpx.Client(transport=site(note)) as client:
        results = run_checks(Site(client, SITE_URL, MODEL, 1))
        assert next(results)[:2] == ("page", True)
        assert set(paths) == {f"/{MODEL}"}


def test_old_catalog_fails(capsys: pytest.CaptureFixture[str]) -> None:
    status, output = run(capsys, site(), "--max-age", "1")

    assert (status, failures(output)) == (1, ["catalog age"])


def test_urls_of_another_site_fail(capsys: pytest.CaptureFixture[str]) -> None:
    status, output = run(capsys, site(site_url="https://evil.example"))

    assert (status, failures(output)) == (
        1,
        ["absolute URLs", "card", "HEAD", "queries", "redirect"],
    )


def without_header(name: str) -> Callable[[httpx.Request, httpx.Response], httpx.Response]:
    def modify(_request: httpx.Request, response: httpx.Response) -> httpx.Response:
        response.headers.pop(name, None)
        return response

    return modify


def test_missing_header_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    status, output = run(capsys, site(without_header("content-security-policy")))

    assert (status, failures(output)) == (1, ["security headers"])
    assert "missing: content-security-policy" in output


@pytest.mark.parametrize("name", ["access-control-allow-origin", "access-control-allow-headers"])
def test_api_that_other_sites_cannot_ask_fails(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    status, output = run(capsys, site(without_header(name)))

    assert (status, failures(output)) == (1, ["other sites"])


def bad_gateway(_request: httpx.Request, _response: httpx.Response) -> httpx.Response:
    return httpx.Response(502, text="Bad gateway")


def test_site_that_is_down_fails_every_check(capsys: pytest.CaptureFixture[str]) -> None:
    status, output = run(capsys, site(bad_gateway))

    assert (status, failures(output)) == (1, list(CHECKS))


def unreachable(request: httpx.Request, _response: httpx.Response) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


def test_unreachable_site_fails_every_check(capsys: pytest.CaptureFixture[str]) -> None:
    status, output = run(capsys, site(unreachable))

    assert (status, failures(output)) == (1, list(CHECKS))
    assert "no response: ConnectError refused" in output


def test_url_with_path_is_rejected(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        smoke.main(["https://previews.example.org/a/page"])

    assert "is not the URL of a site" in capsys.readouterr().err


def without_query(of: str) -> httpx.MockTransport:
    """Return a site behind a CDN that drops the query of one address."""
    whole = site()

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path == of:
            request = httpx.Request(request.method, f"{SITE_URL}{of}", headers=request.headers)
        return whole.handle_request(request)

    return httpx.MockTransport(handle)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/models.csv",
        "/card.png",
        "/compare",
        "/compare/card.png",
        "/api/compare",
        "/api/models",
        "/feed.xml",
        f"/{MODEL}/feed.xml",
        f"/{MODEL}/badge.svg",
    ],
)
def test_a_query_that_is_dropped_on_the_way_fails(
    path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, output = run(capsys, without_query(path))

    assert (status, failures(output)) == (1, ["queries"])
    assert f"the query changes nothing at {path}\n" in output


def head_without_length(request: httpx.Request, response: httpx.Response) -> httpx.Response:
    if request.method == "HEAD":
        response.headers["content-length"] = "0"
    return response


def test_a_head_that_announces_another_length_fails(capsys: pytest.CaptureFixture[str]) -> None:
    status, output = run(capsys, site(head_without_length))

    assert (status, failures(output)) == (1, ["HEAD"])
    assert f"Content-Length of /{MODEL} is '0', not '" in output


def throttled(headers: dict[str, str]) -> httpx.MockTransport:
    def modify(request: httpx.Request, response: httpx.Response) -> httpx.Response:
        return httpx.Response(429, headers=headers) if request.url.path == "/healthz" else response

    return site(modify)


@pytest.mark.parametrize(
    ("headers", "failed"),
    [
        ({}, []),
        ({"cache-control": "no-store"}, []),
        ({"cache-control": "public, max-age=10, s-maxage=30"}, []),
        ({"cache-control": "max-age=300"}, ["throttling"]),
        ({"cache-control": "max-age=10, stale-if-error=604800"}, ["throttling"]),
    ],
    ids=str,
)
def test_throttled_answer_must_be_short_lived(
    headers: dict[str, str], failed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    _, output = run(capsys, throttled(headers), *ANY_AGE, "--flood", "3")

    assert failures(output) == failed
    assert failed or "3 of 3 refused" in output


def test_an_answer_that_crawlers_do_not_wait_for_fails() -> None:
    moments = iter([0.0, 4.5, 5.0, 5.1])
    with httpx.Client(transport=site()) as client:
        slow = Site(client, SITE_URL, MODEL, 1, clock=lambda: next(moments))

        with pytest.raises(CheckFailed, match="4500 ms past the cache, 100 ms again"):
            times(slow)


def not_satisfiable(request: httpx.Request, response: httpx.Response) -> httpx.Response:
    is_past_the_end = (
        request.headers.get("range", "bytes=0-").split("=")[1].startswith("0") is False
    )
    return httpx.Response(416) if is_past_the_end else response


def test_a_cache_may_refuse_a_range_past_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    status, output = run(capsys, site(not_satisfiable))

    assert (status, "past the end 416" in output) == (0, True)
