import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from handler.adapters.storage.file_store import FileStore
from handler.adapters.storage.s3_boto3 import Boto3Store
from handler.adapters.storage.s3_location import S3Location
from handler.bootstrap.refresh import local_snapshot_repository
from handler.domain.catalog.catalog import CatalogData
from handler.domain.errors import SettingsError
from handler.domain.snapshot.decode import decode_whole
from scripts.commands.refresh import main
from scripts.local_stack.seaweed import SeaweedS3
from tests.support.builders import making, record
from tests.support.constants import PROJECT
from tests.support.servers.upstream import Upstream, by_path, html, json_body, status


def write(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"data": records}))
    return path


def stored_ids(store: Path) -> list[str]:
    return [entry.id for entry in decode_whole(FileStore(store).read().body).index]


def kept(store: Path) -> CatalogData:
    return local_snapshot_repository(store).load()


def test_a_file_is_stored_as_of_the_time_in_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(tmp_path / "2026-08-22T1835Z.json", record("a/one"), record("a/two"))
    store = tmp_path / "store"

    assert main(["--from", str(source), "--store", str(store)]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "a stored copy of OpenRouter’s list, as of 2026-08-22 18:35 UTC: 2 models",
        "  added 2: a/one, a/two",
        f"Written to {store}.",
    ]
    assert stored_ids(store) == ["a/one", "a/two"]


def test_url_is_fetched_and_changes_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store"
    before = write(tmp_path / "2026-01-01.json", *(record(f"a/{n}") for n in range(12)))
    main(["--from", str(before), "--store", str(store)])
    capsys.readouterr()
    after = [record("a/0", name="Zero"), *(record(f"a/{n}") for n in range(1, 11))]
    after += [record(f"b/{n}") for n in range(9)] + [{"id": "nonsense"}]

    with Upstream(json_body({"data": after})) as server:
        assert main(["--from", f"{server.url}/models", "--store", str(store)]) == 0

    first, *lines = capsys.readouterr().out.splitlines()
    assert first.startswith("OpenRouter, as of 20")
    assert lines == [
        "  added 9: b/0, b/1, b/2, b/3, b/4, b/5, b/6, b/7 and 1 more",
        "  withdrawn 1: a/11",
        "  changed 1: a/0",
        "  skipped 1: the id 'nonsense' is not of the form author/slug[:variant]",
        f"Written to {store}.",
    ]


@pytest.mark.parametrize("behaviour", [status(404), html()], ids=["404", "HTML"])
def test_failing_upstream_is_printed_and_changes_nothing(
    behaviour: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store"
    main(["--from", str(write(tmp_path / "2026-01-01.json", record())), "--store", str(store)])
    before = FileStore(store).read()

    with Upstream(behaviour) as server:
        assert main(["--from", server.url, "--store", str(store)]) == 1
        said = capsys.readouterr().err
        assert said.startswith(f"Nothing was changed in {store}: OpenRouter ({server.url})")

    assert FileStore(store).read() == before


def test_an_older_list_adds_to_the_past_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store"
    new = write(tmp_path / "2026-02-01.json", record("a/one", name="New"))
    old = write(tmp_path / "2026-01-01.json", record("a/one", name="Old"), record("a/gone"))
    main(["--from", str(new), "--store", str(store)])
    capsys.readouterr()

    assert main(["--from", str(old), "--store", str(store)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "a stored copy of OpenRouter’s list, as of 2026-01-01 00:00 UTC: 1 models",
        "  added 1: a/gone",
        "  changed 1: a/one",
        f"Written to {store}.",
    ]
    known = kept(store)
    assert [(p.model.name, p.withdrawn and p.withdrawn.day) for p in known.profiles] == [
        ("New", None),
        ("a/gone", 1),
    ]
    assert known.as_of.month == 2

    assert main(["--from", str(old), "--store", str(store)]) == 0
    assert "Not written: " in capsys.readouterr().out


def test_models_outside_a_lists_coverage_are_not_withdrawn(tmp_path: Path) -> None:
    store = tmp_path / "store"
    picture = record("a/picture", architecture=making("image"))
    everything = write(tmp_path / "2026-01-01.json", record("a/one"), picture)
    text = write(tmp_path / "2026-02-01.json", record("a/one"))

    main(["--from", str(everything), "--covers", "all", "--store", str(store)])
    main(["--from", str(text), "--store", str(store)])
    assert [p.withdrawn for p in kept(store).profiles] == [None, None]

    main(
        [
            "--from",
            str(text),
            "--as-of",
            "2026-03-01",
            "--covers",
            "all",
            "--store",
            str(store),
            "--force",
        ]
    )
    assert [p.model.id for p in kept(store).profiles if p.withdrawn] == ["a/picture"]


def test_stored_files_are_read_and_matches_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, list_file = tmp_path / "store", tmp_path / "2026-01-05.json"
    write(list_file, record("acme/one", architecture=making("text")))
    endpoint = {"provider_name": "Acme", "model_id": "acme/one"}
    rating = {"rank": 1, "model_name": "one", "organization": "acme", "vote_count": 7.0}
    rating |= {"rating": 1500.5, "rating_lower": 1490, "rating_upper": 1510}
    details = tmp_path / "2026-01-02.json"
    details.write_text(json.dumps({"acme/one": {"data": {"endpoints": [endpoint]}}}))
    arena = tmp_path / "2026-01-03.json"
    arena.write_text(
        json.dumps({"meta": {"leaderboard_publish_date": "2026-01-03"}, "rows": [rating]})
    )
    command = ["--from", str(list_file), "--store", str(store), "--explain-arena"]

    assert main(command) == 0
    assert (
        "No leaderboard is stored yet: --arena FILE reads one from a file."
        in capsys.readouterr().out
    )

    assert main([*command, "--endpoints", str(details), "--arena", str(arena)]) == 0
    said = capsys.readouterr().out
    assert "matched    acme/one is one, rank 1: same name as its id" in said
    (profile,) = kept(store).profiles
    assert profile.arena_rank is not None
    assert (profile.arena_rank.rank, str(profile.arena_rank.published)) == (1, "2026-01-03")
    assert [endpoint.provider for endpoint in profile.endpoints()] == ["Acme"]
    assert profile.endpoint_data is not None
    assert profile.endpoint_data.fetched_at.day == 2


def test_every_source_is_fetched_by_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {
        "/models": json_body({"data": [record("a/one")]}),
        "/models/a/one/endpoints": json_body({"data": {"endpoints": [{"provider_name": "Acme"}]}}),
    }
    with Upstream(by_path(pages)) as server:
        monkeypatch.setenv("OPENROUTER_URL", server.url)
        monkeypatch.setenv("ARENA_URL", f"{server.url}/rows")
        assert main(["--store", str(tmp_path)]) == 0
        asked = {request.path.partition("?")[0] for request in server.requests}

    assert asked == {"/models", "/rows", "/models/a/one/endpoints"}
    said = capsys.readouterr().out
    assert "  warnings 1: Arena text leaderboard" in said
    assert [e.provider for e in kept(tmp_path).profiles[0].endpoints()] == ["Acme"]


def details_and_arena(folder: Path) -> list[str]:
    """Return the options that name a file of endpoints, and one of ranks."""
    details, arena = folder / "2026-01-02.json", folder / "2026-01-03.json"
    endpoint = {"provider_name": "Acme", "model_id": "a/one"}
    details.write_text(json.dumps({"a/one": {"data": {"endpoints": [endpoint]}}}))
    rating = {"rank": 1, "model_name": "one", "organization": "a", "vote_count": 7.0}
    rating |= {"rating": 1500.5, "rating_lower": 1490, "rating_upper": 1510}
    meta = {"leaderboard_publish_date": "2026-01-03"}
    arena.write_text(json.dumps({"meta": meta, "rows": [rating]}))
    return ["--endpoints", str(details), "--arena", str(arena)]


def test_stored_files_alone_are_added_without_a_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store"
    main(
        ["--from", str(write(tmp_path / "2026-01-01.json", record("a/one"))), "--store", str(store)]
    )
    before = kept(store)
    capsys.readouterr()

    with Upstream(json_body({"data": [record("a/two")]})) as server:
        monkeypatch.setenv("OPENROUTER_URL", server.url)
        monkeypatch.setenv("ARENA_URL", server.url)
        monkeypatch.setenv("OPENROUTER_API_KEY", "key")
        assert main(["--store", str(store), *details_and_arena(tmp_path)]) == 0
        assert server.requests == []

    assert capsys.readouterr().out.splitlines() == [
        "a stored copy of OpenRouter’s list, as of 2026-01-01 00:00 UTC: 1 models",
        f"Written to {store}.",
    ]
    after = kept(store)
    (profile,) = after.profiles
    assert (after.as_of, profile.model) == (before.as_of, before.profiles[0].model)
    assert [endpoint.provider for endpoint in profile.endpoints()] == ["Acme"]
    assert profile.arena_rank


def test_stored_files_replace_data_that_is_not_due(tmp_path: Path) -> None:
    store = ["--store", str(tmp_path / "store")]
    main(["--from", str(write(tmp_path / "2026-01-01.json", record("a/one"))), *store])
    options = details_and_arena(tmp_path)
    main([*store, *options])
    arena = Path(options[-1])
    arena.write_text(arena.read_text().replace('"rank": 1', '"rank": 2'))

    main([*store, *options])

    (profile,) = kept(tmp_path / "store").profiles
    assert profile.arena_rank
    assert profile.arena_rank.rank == 2


def test_stored_files_need_stored_models(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store"

    assert main(["--store", str(store), *details_and_arena(tmp_path)]) == 1

    assert capsys.readouterr().err.startswith(f"Nothing was changed in {store}: ")
    assert not store.exists()


def test_store_is_that_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BURGEE_STORE", str(tmp_path / "store"))

    assert main(["--from", str(write(tmp_path / "2026-01-01.json", record("a/one")))]) == 0

    assert stored_ids(tmp_path / "store") == ["a/one"]


def test_the_time_can_be_given(tmp_path: Path) -> None:
    source = write(tmp_path / "list.json", record())

    main(["--from", str(source), "--store", str(tmp_path), "--as-of", "2025-03-01T12:00"])

    stored = decode_whole(FileStore(tmp_path).read().body)
    assert stored.as_of.isoformat() == "2025-03-01T12:00:00+00:00"


@pytest.mark.parametrize("store", ["s3://", "s3:///catalog"])
def test_a_store_that_cannot_be_is_named(store: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=f"^{store!r} needs a bucket"):
        main(["--from", str(write(tmp_path / "list.json", record())), "--store", store])


def test_a_file_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone, store = tmp_path / "2026-01-01.json", tmp_path / "store"

    assert main(["--from", str(gone), "--store", str(store)]) == 1

    said = f"Nothing was changed in {store}: cannot read {gone}: No such file or directory\n"
    assert capsys.readouterr().err == said
    assert not store.exists()


@pytest.mark.e2e
def test_a_store_may_be_a_bucket(
    tmp_path: Path,
    seaweed: SeaweedS3,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    bucket = f"bucket-{uuid4().hex[:12]}"
    seaweed.create_bucket(bucket)
    for name, value in {
        "AWS_ACCESS_KEY_ID": seaweed.access_key,
        "AWS_SECRET_ACCESS_KEY": seaweed.secret_key,
        "AWS_REGION": seaweed.region,
        "AWS_ENDPOINT_URL_S3": seaweed.endpoint_url,
    }.items():
        monkeypatch.setenv(name, value)
    store = f"s3://{bucket}/catalog"
    source = write(tmp_path / "2026-01-01.json", record("a/one"), record("a/two"))

    assert main(["--from", str(source), "--store", store]) == 0

    assert f"Written to {store}." in capsys.readouterr().out
    address = S3Location.parse(store, seaweed.region, seaweed.endpoint_url)
    stored = decode_whole(Boto3Store(address, seaweed.client()).read().body)
    assert [entry.id for entry in stored.index] == ["a/one", "a/two"]


def said_on_stderr(source: Path, store: Path, *, terminal: bool) -> str:
    """Return what the command writes to a standard error that is a terminal, or is none."""
    reading, writing = os.openpty() if terminal else os.pipe()
    command = [sys.executable, "-m", "scripts.commands.refresh"]
    subprocess.run(
        [*command, "--from", str(source), "--store", str(store)],
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=writing,
        check=True,
        timeout=30,
    )
    os.close(writing)
    try:
        return os.read(reading, 10_000).decode()
    except OSError:  # the end of a terminal
        return ""
    finally:
        os.close(reading)


def test_steps_are_printed_on_a_terminal_only(tmp_path: Path) -> None:
    source = write(tmp_path / "2026-01-01.json", record())

    shown = said_on_stderr(source, tmp_path / "one", terminal=True)

    assert [line.strip() for line in shown.splitlines()] == [
        "… fetching the list of models",
        f"… 1 records in {source.stat().st_size} bytes: reading them",
        "… merging and writing",
    ]
    assert said_on_stderr(source, tmp_path / "two", terminal=False) == ""
