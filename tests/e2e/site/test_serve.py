"""scripts/serve as someone runs it who has just cloned the project, or who tries a catalog."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from handler.adapters.storage.file_store import FileStore
from handler.domain.snapshot.decode import decode_whole
from scripts.commands import smoke
from scripts.lib.paths import DEFAULT_STORE
from scripts.local_stack.processes import ServerProcess
from scripts.smoke_checks.page_checks import CHECKS
from tests.support.builders import HERMES, record
from tests.support.constants import PROJECT
from tests.support.http.answer import http_get
from tests.support.servers.authority import make_authority, tls_server
from tests.support.servers.forward_proxy import ForwardProxy
from tests.support.servers.serve_process import serving
from tests.support.servers.upstream import Upstream, json_body, status

pytestmark = pytest.mark.e2e

LIST_ALONE = {"ARENA_URL": "off", "ENDPOINT_REQUESTS_PER_SECOND": "0"}

HERMES_PATH = "/nousresearch/hermes-4-405b"
# A few seconds on an idle machine; a busy one takes longer.
READY_SECONDS = 60.0


def said(server: ServerProcess, words: str) -> str:
    """Return the log once it has these words in it."""
    deadline = time.monotonic() + 60
    while words not in server.log:
        assert time.monotonic() < deadline, server.log
        time.sleep(0.05)
    return server.log


def test_an_empty_store_is_served_at_once_from_the_sample(tmp_path: Path) -> None:
    started = time.monotonic()
    with serving("--store", tmp_path / "store", "--offline") as (address, server):
        page = http_get(address, HERMES_PATH)
        assert time.monotonic() - started < READY_SECONDS
        log = server.log

    local = address.replace("127.0.0.1", "localhost")
    assert log.splitlines()[2:] == [
        f"Burgee is at {local}/, for example:",
        f"  {local}{HERMES_PATH}",
        f"  {local}/openrouter/auto",
        f"  {local}/google/gemini-2.5-pro",
        "Ctrl-C stops it.",
    ]
    assert page.status == 200
    for fact in (
        "$1/M in, $3/M out",
        "131,072 tokens",
        "<strong>$1</strong>",
        "<strong>$3</strong>",
        "Primary ID",
        "OpenRouter ID",
        "Canonical slug",
        "Hugging Face ID",
        "NousResearch/Hermes-4-405B",
        "&#34;source_type&#34;: &#34;openrouter_only&#34;",
        "&#34;PPM&#34;: {\n    &#34;prompt&#34;: 1,\n    &#34;completion&#34;: 3\n  }",
    ):
        assert fact in page.text


def test_stored_catalog_is_served_without_a_network(tmp_path: Path) -> None:
    with Upstream(status(404)) as upstream:
        environment = {"OPENROUTER_URL": upstream.url, **LIST_ALONE}
        with serving("--store", tmp_path, environment=environment) as (address, server):
            log = said(server, "Refresh failed")
            assert http_get(address, HERMES_PATH).status == 200

    assert "Refresh failed, serving the stored catalog: OpenRouter" in log


def test_the_network_s_list_goes_before_the_sample(tmp_path: Path) -> None:
    with Upstream(json_body({"data": [HERMES, record("acme/brand-new")]})) as upstream:
        environment = {"OPENROUTER_URL": upstream.url, **LIST_ALONE}
        with serving("--store", tmp_path, environment=environment) as (_, server):
            said(server, "Refreshed from the network: 1 added, 539 withdrawn")

    stored = decode_whole(FileStore(tmp_path).read().body)
    assert [model.id for model in stored.listed()] == [HERMES["id"], "acme/brand-new"]
    assert stored.__contains__("google/gemini-2.5-pro")


def test_stored_catalog_is_served_after_a_restart(tmp_path: Path) -> None:
    with serving("--store", tmp_path, "--offline"):
        before = FileStore(tmp_path).read()

    with serving("--store", tmp_path, "--offline") as (_, server):
        assert "empty" not in server.log
    assert FileStore(tmp_path).read() == before


def test_a_damaged_store_starts_over_from_the_sample(tmp_path: Path) -> None:
    FileStore(tmp_path).put(b"damaged", None)

    with serving("--store", tmp_path, "--offline") as (address, server):
        assert "Starting from the bundled sample: the snapshot is damaged" in server.log
        assert http_get(address, HERMES_PATH).status == 200


def test_served_catalog_leaves_the_default_store_unchanged(tmp_path: Path) -> None:
    catalog = tmp_path / "2026-01-02.json"
    catalog.write_text(json.dumps([record("acme/one"), {"id": "nonsense"}]))

    with Upstream(status(500)) as upstream:
        environment = {"OPENROUTER_URL": upstream.url, "TMPDIR": str(tmp_path)}
        with serving("--catalog", catalog, environment=environment) as (address, server):
            pages = [http_get(address, path).status for path in ("/acme/one", HERMES_PATH)]
            log = server.log
        assert upstream.requests == []

    assert pages == [200, 404]
    assert "Skipped: the id 'nonsense' is not of the form author/slug[:variant]" in log
    assert "1 model from a stored copy of OpenRouter’s list, as of 2026-01-02 00:00 UTC" in log
    assert f"stored in {tmp_path}/burgee-" in log
    assert str(DEFAULT_STORE) not in log


def test_settings_of_the_functions_hold(tmp_path: Path) -> None:
    environment = {
        "BURGEE_STORE": str(tmp_path / "store"),
        "SITE_URL": "https://previews.example.org",
        "ROBOTS_LLM": "disallow",
        "CONTACT_URL": "mailto:prices@example.org",
        "EXPLORER_URL": "https://explorer.example.org/models/{id}",
    }
    with serving("--offline", environment=environment) as (address, server):
        pages = [http_get(address, path).text for path in (HERMES_PATH, "/methodology")]
        robots = http_get(address, "/robots.txt").text
        assert f"stored in {tmp_path / 'store'}" in server.log

    assert f'rel="canonical" href="https://previews.example.org{HERMES_PATH}"' in pages[0]
    assert f'href="https://explorer.example.org/models{HERMES_PATH}"' in pages[0]
    assert 'href="mailto:prices@example.org"' in pages[1]
    assert "GPTBot" in robots


def test_sources_are_reached_through_a_proxy(tmp_path: Path) -> None:
    authority = make_authority(tmp_path)
    with (
        Upstream(json_body({"data": [HERMES]})) as upstream,
        tls_server(upstream.url, authority) as url,
        ForwardProxy() as proxy,
    ):
        environment = {
            "OPENROUTER_URL": url,
            **LIST_ALONE,
            "HTTPS_PROXY": proxy.url,
            "NO_PROXY": "",
            "SSL_CERT_FILE": str(authority),
        }
        with serving("--store", tmp_path / "store", environment=environment) as (_, server):
            said(server, "Refreshed from the network: ")

        assert proxy.forwarded == [f"CONNECT {url.removeprefix('https://')}"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_it_stops_with_a_word_and_leaves_nothing_behind(
    number: signal.Signals, tmp_path: Path
) -> None:
    catalog = tmp_path / "2026-01-02.json"
    catalog.write_text(json.dumps([record()]))

    with serving("--catalog", catalog, environment={"TMPDIR": str(tmp_path)}) as (_, server):
        assert len(list(tmp_path.glob("burgee-*"))) == 1
        os.kill(server.pid, number)
        log = said(server, "Stopped.")

    assert "Traceback" not in log
    assert list(tmp_path.iterdir()) == [catalog]


def failing(*arguments: str) -> str:
    """Return what the command says when it cannot serve."""
    command = [sys.executable, "-m", "scripts.commands.serve", *arguments]
    ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=20)
    assert ended.returncode == 1
    return ended.stderr


def test_a_catalog_that_cannot_be_served_is_named(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text("<html>")

    assert f"Cannot serve: cannot read {tmp_path / 'gone.json'}" in failing(
        "--catalog", str(tmp_path / "gone.json")
    )
    assert f"Cannot serve: {tmp_path / 'list.json'} is not valid JSON" in failing(
        "--catalog", str(tmp_path / "list.json")
    )


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with serving("--store", tmp_path, "--offline") as (address, _):
        port = address.rpartition(":")[2]
        message = failing("--store", str(tmp_path), "--offline", "--port", port)

    assert f"Cannot serve: 127.0.0.1:{port}: Address already in use" in message
    assert "--port 0 finds a free one" in message


def test_every_check_from_outside_passes(capsys: pytest.CaptureFixture[str]) -> None:
    any_age = ["--max-age", str(10**9)]
    with TemporaryDirectory() as folder, serving("--store", folder, "--offline") as (address, _):
        site = address.replace("127.0.0.1", "localhost")
        checked = smoke.main([site, "--model", HERMES_PATH[1:], *any_age, "--flood", "20"])

    said = capsys.readouterr().out
    assert (checked, said.count("ok  "), said.count("FAILED")) == (0, len(CHECKS), 0), said
