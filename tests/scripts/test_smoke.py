"""scripts/smoke against the application in this process, intact and broken."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from scripts.commands import smoke
from scripts.lib.site_checks import CHECKS
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
        got = ask(app, request.url.path, request.method, dict(request.headers))
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


def test_old_catalog_fails(capsys: pytest.CaptureFixture[str]) -> None:
    status, output = run(capsys, site(), "--max-age", "1")

    assert (status, failures(output)) == (1, ["catalog age"])


def test_urls_of_another_site_fail(capsys: pytest.CaptureFixture[str]) -> None:
    status, output = run(capsys, site(site_url="https://evil.example"))

    assert (status, failures(output)) == (1, ["absolute URLs", "card", "redirect"])


def without_header(name: str) -> Callable[[httpx.Request, httpx.Response], httpx.Response]:
    def modify(_request: httpx.Request, response: httpx.Response) -> httpx.Response:
        response.headers.pop(name, None)
        return response

    return modify


def test_missing_header_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    status, output = run(capsys, site(without_header("content-security-policy")))

    assert (status, failures(output)) == (1, ["security headers"])
    assert "missing: content-security-policy" in output


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
