import gzip
import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from handler.adapters.storage.file_store import FileStore
from handler.domain.errors import CatalogRejected, SourceError, UnsupportedSnapshotFormat
from handler.domain.snapshot.decode import decode_whole
from handler.refresh import lambda_handler
from tests.support.builders import HERMES, catalog_bytes, record
from tests.support.http.lambda_events import scheduled_event
from tests.support.servers.upstream import Behaviour, Upstream, by_path, json_body, status

RECORDS = [HERMES, *(record(f"acme/{n}") for n in range(8))]


def metrics(capsys: pytest.CaptureFixture[str]) -> dict[str, int]:
    """Return the metrics of the printed line, by name; none without a line."""
    printed = capsys.readouterr().out
    if not printed:
        return {}
    (line,) = map(json.loads, printed.splitlines())
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "Burgee"
    assert set(directive["Dimensions"][0]) <= line.keys()
    return {metric["Name"]: line[metric["Name"]] for metric in directive["Metrics"]}


def test_the_metrics_line_has_the_request_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    FileStore(tmp_path).put(b"not a snapshot", None)
    monkeypatch.setenv("BURGEE_STORE", str(tmp_path))
    monkeypatch.setenv("ARENA_URL", "off")
    monkeypatch.setenv("ENDPOINT_REQUESTS_PER_SECOND", "0")

    with Upstream(json_body({"data": RECORDS})) as server:
        monkeypatch.setenv("OPENROUTER_URL", server.url)
        lambda_handler(scheduled_event(), SimpleNamespace(aws_request_id="marked-id"))

    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (line["requestId"], line["SnapshotUnreadable"]) == ("marked-id", 1)


@pytest.mark.promise("P8", "snapshots of newer code")
def test_a_snapshot_of_newer_code_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = gzip.compress(
        gzip.decompress(catalog_bytes(RECORDS)).replace(b'"format":', b'"format":9')
    )
    FileStore(tmp_path).put(newer, None)
    monkeypatch.setenv("BURGEE_STORE", str(tmp_path))
    monkeypatch.setenv("ARENA_URL", "off")

    with Upstream(json_body({"data": RECORDS})) as server:
        monkeypatch.setenv("OPENROUTER_URL", server.url)
        with pytest.raises(UnsupportedSnapshotFormat):
            lambda_handler(scheduled_event(), None)

    assert metrics(capsys) == {"SnapshotUnreadable": 1}
    assert FileStore(tmp_path).read().body == newer


def test_a_scheduled_event_stores_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {
        "/models": json_body({"data": [*RECORDS, {"id": "nonsense"}]}),
        "/datasets/rankings-daily": json_body({"data": []}),
    }
    with Upstream(by_path(pages)) as server:
        monkeypatch.setenv("BURGEE_STORE", str(tmp_path))
        monkeypatch.setenv("OPENROUTER_URL", server.url)
        monkeypatch.setenv("OPENROUTER_API_KEY", "key")
        monkeypatch.setenv("ARENA_URL", "off")
        monkeypatch.setenv("ENDPOINT_REQUESTS_PER_SECOND", "0")
        fields = lambda_handler(scheduled_event(), None)
        sent = server.requests[0].headers["authorization"]

    stored = decode_whole(FileStore(tmp_path).read().body)
    assert [entry.id for entry in stored.index] == [raw["id"] for raw in RECORDS]
    assert fields == {
        "source": "OpenRouter",
        "as_of": stored.as_of.isoformat(),
        "models": 9,
        "added": 9,
        "withdrawn": 0,
        "returned": 0,
        "changed": 0,
        "skipped_count": 1,
        "written": True,
        "skipped": ["the id 'nonsense' is not of the form author/slug[:variant]"],
        "warnings": fields["warnings"],
        "warnings_count": 1,
        "sources": {"list": "fresh"},
        "left_for_later": 0,
    }
    assert metrics(capsys) == {"CatalogAgeSeconds": 0}  # others cost by the hour that has a value
    assert sent == "Bearer key"


def test_feed_ids_outlive_a_move_to_another_domain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BURGEE_STORE", str(tmp_path))
    monkeypatch.setenv("ARENA_URL", "off")
    monkeypatch.setenv("ENDPOINT_REQUESTS_PER_SECOND", "0")
    fixed = []
    with Upstream(json_body({"data": RECORDS})) as server:
        monkeypatch.setenv("OPENROUTER_URL", server.url)
        for site_url in ("https://first.example", "https://moved.example"):
            monkeypatch.setenv("SITE_URL", site_url)
            lambda_handler(scheduled_event(), None)
            fixed.append(decode_whole(FileStore(tmp_path).read().body).feed_authority)
            server.now(json_body({"data": [*RECORDS, record("acme/new")]}))

    domain, _, day = fixed[0].partition(",")
    assert domain == "first.example"
    assert date.fromisoformat(day).year >= 2026
    assert fixed == [fixed[0]] * 2


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [(status(404), SourceError), (json_body({"data": [{}]}), CatalogRejected)],
    ids=["no list", "an invalid list"],
)
def test_failing_refresh_is_raised_for_lambda_to_count(
    behaviour: Behaviour,
    error: type[Exception],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Upstream(behaviour) as server:
        monkeypatch.setenv("BURGEE_STORE", str(tmp_path))
        monkeypatch.setenv("OPENROUTER_URL", server.url)

        with pytest.raises(error):
            lambda_handler(scheduled_event(), None)

    assert metrics(capsys) == {}
