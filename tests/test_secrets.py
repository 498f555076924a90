"""No key of ours, and no control character of a stranger's, in anything that comes out."""

import gzip
import logging
import unicodedata
from pathlib import Path

import pytest

from handler.domain.errors import BurgeeError
from handler.refresh import lambda_handler
from tests.support.builders import HERMES, record
from tests.support.hostile.text import HOSTILE_TEXT
from tests.support.http.lambda_events import scheduled_event
from tests.support.servers.upstream import (
    Behaviour,
    Upstream,
    answers,
    half_a_body,
    html,
    json_body,
    redirect,
    refuses,
    status,
    too_many_requests,
)

KEY = "sk-or-v1-markedsecret"
CONTROLS = "a\x1b[31mb\x07\x9b31m\r\nINJECTED\u202e"


def said(line: str) -> Behaviour:
    return lambda exchange: exchange.send(line.encode("utf-8") + b"\r\n\r\n")


BAD: dict[str, Behaviour] = {
    "401": status(401),
    "429": too_many_requests(0),
    "a reset": refuses(),
    "half a body": half_a_body(),
    "a page": html(CONTROLS),
    "no HTTP": said(CONTROLS),
    "a reason": said(f"HTTP/1.1 400 \x1b[31m{CONTROLS[:6]}"),
    "a header": said("HTTP/1.1 200 OK\r\nX: \x00\x1b[31m"),
    "a redirect": redirect("http://127.0.0.1:9/x"),
    "an encoding": answers(200, b"\x1f\x8b\x1b[31m", {"Content-Encoding": "gzip"}),
    "a next page": json_body({"data": [HERMES], "links": {"next": f"http://x/{CONTROLS}"}}),
    "another next page": json_body({"data": [HERMES], "links": {"next": "http://x/\x9b31m\u202e"}}),
    "odd records": json_body({"data": [{"id": CONTROLS}, {"id": "a/b", "name": [CONTROLS]}]}),
    "hostile records": json_body(
        {"data": [{"id": t, "context_length": t} for t in HOSTILE_TEXT.values()]}
    ),
    "good and odd": json_body(
        {"data": [*(record(f"a/{n}") for n in range(20)), record("a/x", context_length=CONTROLS)]}
    ),
}


@pytest.mark.promise("P22", "failing refreshes, searched for secrets and controls")
@pytest.mark.parametrize("behaviour", BAD.values(), ids=BAD)
def test_whatever_fails_nothing_secret_and_no_control_comes_out(
    behaviour: Behaviour,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    told = []
    with Upstream(behaviour) as server:
        for name, value in {
            "BURGEE_STORE": str(tmp_path),
            "OPENROUTER_URL": server.url,
            "OPENROUTER_API_KEY": KEY,
            "ARENA_URL": f"{server.url}/arena",
            "ENDPOINT_REQUESTS_PER_SECOND": "1000",
        }.items():
            monkeypatch.setenv(name, value)
        try:
            told.append(str(lambda_handler(scheduled_event(), None)))
        except BurgeeError as error:
            told.append(str(error))
        assert all(r.headers["authorization"] == f"Bearer {KEY}" for r in server.requests[:1])

    out = capfd.readouterr()
    lines = [r.getMessage() for r in caplog.records if r.name.startswith("handler")]
    for text in [*told, *lines, *out.out.splitlines()]:
        assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cf")]
    everything = [*told, *lines, out.out, out.err, *map(str, caplog.records)]
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    stored = [gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body for body in kept]
    assert KEY not in "".join(everything)
    assert not [body for body in stored if KEY.encode() in body]
