"""A snapshot that was deleted is an alarm, not a fresh start."""

import json
from pathlib import Path
from typing import Any

import pytest

from handler.adapters.storage.file_store import FileStore
from handler.adapters.storage.s3_boto3 import Boto3Store
from handler.adapters.storage.s3_location import S3Location
from handler.domain.errors import SnapshotGone
from handler.domain.snapshot.decode import decode_whole
from handler.domain.snapshot.names import MARKER_NAME, OBJECT_NAME
from handler.refresh import lambda_handler
from scripts.commands.refresh import main
from scripts.local_stack.seaweed import SeaweedS3
from tests.support.builders import record
from tests.support.servers.upstream import Upstream, json_body


@pytest.fixture
def model_list(tmp_path: Path) -> str:
    path = tmp_path / "2026-01-01.json"
    path.write_text(json.dumps({"data": [record("a/one")]}))
    return str(path)


@pytest.fixture
def store(tmp_path: Path, model_list: str) -> Path:
    """A folder from which a stored snapshot was deleted."""
    folder = tmp_path / "store"
    assert main(["--from", model_list, "--store", str(folder)]) == 0
    (folder / OBJECT_NAME).unlink()
    return folder


@pytest.mark.promise("P23", "refreshes over a deleted snapshot")
def test_a_deleted_snapshot_is_not_started_over(
    store: Path, model_list: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--from", model_list, "--store", str(store)]) == 1

    said = capsys.readouterr().err
    assert "it was deleted. Restore it with scripts/rollback" in said
    assert "scripts/refresh --start-over" in said
    assert not (store / OBJECT_NAME).exists()


def test_a_new_history_begins_where_someone_says_so(store: Path, model_list: str) -> None:
    assert main(["--from", model_list, "--store", str(store), "--start-over"]) == 0

    assert decode_whole(FileStore(store).read().body).listed_count == 1


def test_a_deleted_snapshot_is_an_alarm_until_an_event_starts_over(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BURGEE_STORE", str(store))
    monkeypatch.setenv("ARENA_URL", "off")
    monkeypatch.setenv("ENDPOINT_REQUESTS_PER_SECOND", "0")
    capsys.readouterr()

    with Upstream(json_body({"data": [record("a/one")]})) as server:
        monkeypatch.setenv("OPENROUTER_URL", server.url)
        with pytest.raises(SnapshotGone):
            lambda_handler({}, None)
        line: dict[str, Any] = json.loads(capsys.readouterr().out)
        fields = lambda_handler({"start_over": True}, None)

    assert line["SnapshotUnreadable"] == 1
    assert fields["added"] == 1


def test_without_the_marker_a_store_is_a_first_deployment(store: Path, model_list: str) -> None:
    (store / MARKER_NAME).unlink()

    assert main(["--from", model_list, "--store", str(store)]) == 0


def test_a_bucket_remembers_that_it_had_a_snapshot(seaweed: SeaweedS3) -> None:
    bucket = "deleted-snapshot"
    seaweed.create_bucket(bucket)
    location = S3Location(bucket, f"catalog/{OBJECT_NAME}", seaweed.region, seaweed.endpoint_url)
    client = seaweed.client()
    store = Boto3Store(location, client)
    assert not store.was_written()

    etag = store.put(b"snapshot", None)
    client.delete_object(Bucket=bucket, Key=location.key)

    assert etag
    assert store.was_written()
