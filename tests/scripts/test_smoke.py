"""scripts/smoke over the application in this process, whole and spoilt."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from scripts.commands import smoke
from tests.support.asgi import ask, create_app
from tests.support.builders import HERMES, MemoryStore, catalog_bytes

ORIGIN = "https://previews.example.org"
MODEL = "nousresearch/hermes-4-405b"
ANY_AGE = ["--oldest", str(10**9)]


def site(
    spoil: Callable[[httpx.Request, httpx.Response], httpx.Response] = lambda _, answer: answer,
    origin: str = ORIGIN,
) -> httpx.MockTransport:
    app = create_app(MemoryStore(catalog_bytes([HERMES])), origin)

    def answer(request: httpx.Request) -> httpx.Response:
        got = ask(app, request.url.path, request.method, dict(request.headers))
        response = httpx.Response(got.status, headers=got.headers, content=got.body)
        return spoil(request, response)

    return httpx.MockTransport(answer)


def failures(said: str) -> list[str]:
    return [line[8:].split("  ")[0].strip() for line in said.splitlines() if line[0] == "F"]


def run(capsys: pytest.CaptureFixture[str], transport: Any, *options: str) -> tuple[int, str]:
    status = smoke.main([ORIGIN, *(options or ANY_AGE)], transport)
    return status, capsys.readouterr().out


def test_a_site_as_it_should_be_passes_by_the_first_model_that_it_lists(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, said = run(capsys, site())

    assert (status, failures(said)) == (0, [])
    assert [line.split("  ")[0].strip() for line in said.splitlines()] == ["ok"] * len(smoke.CHECKS)
    assert f"/{MODEL}, " in said


def test_an_old_catalog_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    status, said = run(capsys, site(), "--oldest", "1")

    assert (status, failures(said)) == (1, ["catalog age"])


def test_another_origin_than_the_site_s_own_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    status, said = run(capsys, site(origin="https://evil.example"))

    assert (status, failures(said)) == (1, ["absolute URLs", "card", "redirect"])


def without(name: str) -> Callable[[httpx.Request, httpx.Response], httpx.Response]:
    def spoil(_request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        answer.headers.pop(name, None)
        return answer

    return spoil


def test_an_absent_header_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    status, said = run(capsys, site(without("content-security-policy")))

    assert (status, failures(said)) == (1, ["security headers"])
    assert "absent: content-security-policy" in said


def broken(_request: httpx.Request, _answer: httpx.Response) -> httpx.Response:
    return httpx.Response(502, text="Bad gateway")


def test_a_site_that_is_down_fails_every_check(capsys: pytest.CaptureFixture[str]) -> None:
    status, said = run(capsys, site(broken))

    assert (status, failures(said)) == (1, list(smoke.CHECKS))


def unreachable(request: httpx.Request, _answer: httpx.Response) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


def test_no_answer_is_a_finding_too(capsys: pytest.CaptureFixture[str]) -> None:
    status, said = run(capsys, site(unreachable))

    assert (status, failures(said)) == (1, list(smoke.CHECKS))
    assert "no answer: ConnectError refused" in said


def test_what_is_no_address_of_a_site_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        smoke.main(["https://previews.example.org/a/page"])

    assert "is not the address of a site" in capsys.readouterr().err
