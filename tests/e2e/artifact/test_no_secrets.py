"""No credentials, and nothing that a visitor confided, in what is rendered, logged or built."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from handler.adapters.storage.file_store import FileStore
from scripts.local_stack.processes import LOOPBACK
from tests.support.builders import HERMES, catalog_bytes, record
from tests.support.constants import PROJECT
from tests.support.http.ignored_inputs import PAGES
from tests.support.http.lambda_events import http_event
from tests.support.http.lambda_function import FUNCTION, Function
from tests.support.servers.upstream import (
    Behaviour,
    Upstream,
    answers,
    half_a_body,
    refuses,
    status,
)

pytestmark = pytest.mark.e2e

# Each with a mark that nothing else has; no secret key is ever so long by chance.
SECRETS = {
    "AWS_ACCESS_KEY_ID": "AKIAMARKEDACCESSKEY0",
    "AWS_SECRET_ACCESS_KEY": "markedsecretaccesskey/0123456789abcdefgh",
    "AWS_SESSION_TOKEN": "markedsessiontoken//////////0123456789==",
    "OPENROUTER_API_KEY": "sk-or-v1-markedopenrouterkey",
}
CONFIDED = {
    "authorization": "Bearer markedbearer",
    "cookie": "session=markedcookie",
    "x-api-key": "markedapikey",
    "x-forwarded-for": "203.0.113.77",
}
SAID = [*SECRETS.values(), "markedbearer", "markedcookie", "markedapikey", "203.0.113.77"]


class Watched(Function):
    """The entry point in a process of its own, with all that it writes kept."""

    def __init__(self, store: str, written: Path, **environment: str) -> None:
        self._written = written.open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-c", FUNCTION],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._written,
            text=True,
            cwd=PROJECT,
            env={**os.environ, **SECRETS, "BURGEE_STORE": store, **environment},
        )

    def close(self) -> None:
        super().close()
        self._written.close()


def told(function: Function) -> Iterator[str]:
    """Yield what the function answers on every kind of page to one who confides in it."""
    for path in PAGES:
        answer = function.invoke(http_event(path, headers=CONFIDED, query="token=markedbearer"))
        yield f"{answer.status} {answer.headers} {answer.body!r}"


def assert_silent(texts: list[str]) -> None:
    assert [secret for secret in SAID for text in texts if secret in text] == []


@pytest.mark.promise("P22", "pages and logs of the render side, searched for secrets")
def test_no_page_and_no_log_tells_a_secret(tmp_path: Path) -> None:
    FileStore(tmp_path / "store").put(catalog_bytes([HERMES, record("acme/one")]), None)
    function = Watched(str(tmp_path / "store"), tmp_path / "log", SITE_URL="https://example.org")

    texts = list(told(function))
    function.close()

    assert any(text.startswith("200") for text in texts)
    assert_silent([*texts, (tmp_path / "log").read_text()])


ECHO = "".join(f"<{name}>{value}</{name}>" for name, value in SECRETS.items()).encode()
FAULTS: dict[str, Behaviour] = {
    "repeats them": answers(403, b"<Error><Code>SignatureDoesNotMatch</Code>%b</Error>" % ECHO),
    "has them as a code": answers(403, b"<Error><Code>%b</Code></Error>" % ECHO),
    "has them as a snapshot": answers(200, ECHO, {"ETag": '"a"'}),
    "fails": status(500),
    "resets": refuses(),
    "breaks off": half_a_body(),
}


@pytest.mark.promise("P22", "failing stores of the render side, searched for secrets")
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_failing_stores_reveal_no_secret(fault: Behaviour, tmp_path: Path) -> None:
    with Upstream(fault) as server:
        function = Watched(
            "s3://bucket/catalog",
            tmp_path / "log",
            SITE_URL="https://example.org",
            AWS_REGION="us-east-1",
            AWS_ENDPOINT_URL_S3=server.url,
        )
        answer = function.invoke(http_event("/acme/one", headers=CONFIDED))
        function.close()
        assert server.requests
        assert all(SECRETS["AWS_SECRET_ACCESS_KEY"] not in str(r) for r in server.requests)

    logged = (tmp_path / "log").read_text()
    assert answer.status == 503
    assert "no new snapshot" in logged
    assert_silent([f"{answer.headers} {answer.body!r}", logged])


# Keys of AWS, of OpenRouter, of whoever signs, and addresses with a password in them.
KEYS = re.compile(
    rb"\b(AKIA|ASIA)[0-9A-Z]{16}\b|\bsk-or-v1-\w{16}|-----BEGIN [A-Z ]*PRIVATE KEY|"
    rb"\bgh[pousr]_\w{30}|\bhttps?://[^\s/:@\"'{}<>]+:[^\s/:@\"'{}<>]+@[a-z0-9]"
)
UNWANTED = re.compile(r"(^|/)(\.env.*|\.git.*|\.aws|credentials|id_\w+|pip\.conf|\.netrc)$")


@pytest.mark.promise("P22", "files of the artefact, searched for keys")
def test_nothing_secret_is_built(built: Path) -> None:
    files = [path for path in built.rglob("*") if path.is_file()]
    ours = [path for path in files if path.relative_to(built).parts[0] in ("handler", "templates")]

    assert len(ours) > 100
    assert [path for path in files if UNWANTED.search(str(path.relative_to(built)))] == []
    # The documentation of libraries has examples of keys.
    assert [path for path in ours if KEYS.search(path.read_bytes())] == []
    here = [str(PROJECT).encode(), str(Path.home()).encode() + b"/", LOOPBACK.encode()]
    assert [p for p in ours for name in here if name in p.read_bytes()] == []
