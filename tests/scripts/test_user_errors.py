"""Mistakes of users, which commands answer with one sentence."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from handler.domain.errors import SettingsError
from scripts.commands import contact_sheet, refresh, rollback, sample, smoke
from tests.support.builders import record

Main = Callable[[Sequence[str]], int]


@pytest.mark.parametrize(
    ("main", "arguments", "sentence"),
    [
        (refresh.main, ["--from", "http://[::1"], "'http://[::1' is not a http:// or https://"),
        (
            refresh.main,
            ["--as-of", "x"],
            "'x' is not a time in ISO 8601, such as 2026-08-22T18:35Z",
        ),
        (
            rollback.main,
            ["--store", "s3://b/c", "--list", "--last=-1"],
            "'-1' is not a number from",
        ),
        (contact_sheet.main, ["--to", "cards.txt"], "'cards.txt' does not end with .png"),
        (smoke.main, ["http://[::1"], "'http://[::1' is not the URL of a site"),
    ],
)
def test_invalid_argument_is_named(
    main: Main, arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)

    assert stopped.value.code == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("option", [[], ["--store", "other"]])
def test_folder_has_no_versions(option: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BURGEE_STORE", "folder")

    with pytest.raises(SettingsError, match="only a bucket has versions"):
        rollback.main([*option, "--list"])


def test_store_of_a_rollback_must_be_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("BURGEE_STORE", raising=False)

    with pytest.raises(SystemExit):
        rollback.main(["--list"])

    assert "the following arguments are required: --store" in capsys.readouterr().err


def test_endpoint_of_aws_must_be_a_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "localhost:9000")

    for command, arguments in ((refresh.main, []), (rollback.main, ["--list"])):
        with pytest.raises(SettingsError, match=r"^AWS_ENDPOINT_URL is 'localhost:9000'"):
            command(["--store", "s3://bucket/catalog", *arguments])


def test_name_that_is_no_host_fails_every_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert smoke.main(["http://a..example"]) == 1

    assert "unexpected JSON" not in capsys.readouterr().out


def test_incomplete_leaderboard_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    models, arena = tmp_path / "2026-01-01.json", tmp_path / "arena.json"
    models.write_text(json.dumps([record("a/one")]))
    (tmp_path / "details.json").write_text("{}")
    meta = {"leaderboard_publish_date": "2026-01-03"}
    arena.write_text(json.dumps({"meta": meta, "rows": [{"rank": 1}]}))
    files = ["--everything", str(models), "--endpoints", str(tmp_path / "details.json")]

    assert (
        sample.main([str(models), *files, "--arena", str(arena), "--to", str(tmp_path / "to")]) == 1
    )

    assert f"No sample was made: a row of {arena} has not all of rank" in capsys.readouterr().err
