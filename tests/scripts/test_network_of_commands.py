"""Each command that fetches, behind a proxy and with an authority of one's own."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from scripts.commands import purge, refresh, rollback, smoke, unfurl
from tests.support.builders import HERMES
from tests.support.constants import PROJECT
from tests.support.servers.authority import make_authority, tls_server
from tests.support.servers.forward_proxy import ForwardProxy
from tests.support.servers.upstream import Upstream, json_body

PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "x-1"}


class Surroundings(NamedTuple):
    """An HTTPS server with a certificate of our own authority, and the proxy before it."""

    url: str
    upstream: Upstream
    proxy: ForwardProxy

    @property
    def tunnel(self) -> str:
        return f"CONNECT {self.url.removeprefix('https://')}"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def around(authority: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Surroundings]:
    for name in PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name in ("AWS_CA_BUNDLE", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    with (
        Upstream(json_body({"data": [HERMES]})) as upstream,
        tls_server(upstream.url, authority) as url,
        ForwardProxy() as proxy,
    ):
        for name, value in {
            "SSL_CERT_FILE": str(authority),
            "AWS_ENDPOINT_URL": url,
            **KEYS,
        }.items():
            monkeypatch.setenv(name, value)
        yield Surroundings(url, upstream, proxy)


def run_refresh(url: str, folder: Path) -> int:
    return refresh.main(["--from", f"{url}/models", "--store", str(folder)])


def run_refresh_of_bucket(_url: str, folder: Path) -> int:
    source = folder / "2026-01-02.json"
    source.write_text(json.dumps([HERMES]))
    return refresh.main(["--from", str(source), "--store", "s3://bucket/catalog"])


def run_unfurl(url: str, _folder: Path) -> int:
    return unfurl.main([f"{url}/page", "--only", "signal", "--only", "slack"])


def run_smoke(url: str, _folder: Path) -> int:
    return smoke.main([url])


def run_purge(_url: str, _folder: Path) -> int:
    return purge.main(["--stack-name", "burgee"])


def run_rollback(_url: str, _folder: Path) -> int:
    return rollback.main(["--store", "s3://bucket/catalog", "--list"])


COMMANDS = [run_refresh, run_refresh_of_bucket, run_unfurl, run_smoke, run_purge, run_rollback]
Run = Callable[[str, Path], int]


@pytest.mark.parametrize("run", COMMANDS)
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "all_proxy"])
def test_command_takes_the_proxy(
    run: Run, variable: str, around: Surroundings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(variable, around.proxy.url)

    run(around.url, tmp_path)

    assert set(around.proxy.forwarded) == {around.tunnel}
    assert around.upstream.requests


@pytest.mark.parametrize("run", COMMANDS)
def test_command_goes_around_the_proxy_to_exceptions(
    run: Run, around: Surroundings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", around.proxy.url)
    monkeypatch.setenv("NO_PROXY", "other.example, localhost")

    run(around.url, tmp_path)

    assert around.proxy.forwarded == []
    assert around.upstream.requests


@pytest.mark.parametrize("run", COMMANDS)
def test_command_trusts_no_other_certificates(
    run: Run, around: Surroundings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)

    run(around.url, tmp_path)

    assert around.upstream.requests == []


FETCHING = {
    "refresh": ("--from", "https://host.example/models"),
    "serve": ("--port", "0"),
    "unfurl": ("https://host.example/",),
    "smoke": ("https://host.example",),
    "purge": (),
    "rollback": ("--store", "s3://bucket/catalog", "--list"),
    "deploy": (),
}


@pytest.mark.parametrize("command", FETCHING)
@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("ALL_PROXY", "socks5://host", "ALL_PROXY is a socks5:// proxy: only http"),
        ("SSL_CERT_FILE", "/no/such/file", "SSL_CERT_FILE is '/no/such/file', which cannot be"),
    ],
)
def test_invalid_variable_is_refused_with_a_sentence(
    command: str, variable: str, value: str, sentence: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", f"scripts.commands.{command}", *FETCHING[command]],
        env={"PYTHONPATH": str(PROJECT), "BURGEE_STORE": str(tmp_path), variable: value, **KEYS},
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Invalid setting: {sentence}")
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_plain_http_is_forwarded(around: Surroundings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", around.proxy.url)

    unfurl.main([f"{around.upstream.url}/page", "--only", "signal"])

    assert around.proxy.forwarded == [f"GET {around.upstream.url}/page"]


def test_failing_proxy_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")

    assert unfurl.main(["http://host.example/", "--only", "signal"]) == 1
    assert "through the proxy http://127.0.0.1:1\n" in capsys.readouterr().err
    assert smoke.main(["http://host.example"]) == 1
    assert "through the proxy http://127.0.0.1:1\n" in capsys.readouterr().out
