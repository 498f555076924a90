"""When a stored list was served: never in the future, and never at a time that is none."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from handler.domain.errors import SourceError
from scripts.commands.refresh import main
from scripts.lib.list_files import check_past, observed_at

NOW = datetime(2026, 8, 22, tzinfo=UTC)


def test_a_time_of_the_past_is_returned() -> None:
    assert check_past(NOW + timedelta(minutes=59), NOW, "list") == NOW + timedelta(minutes=59)


def test_a_time_that_is_yet_to_come_is_refused() -> None:
    with pytest.raises(SourceError, match=r"list says 1 January 2062, 00:00 UTC, which is yet"):
        check_past(datetime(2062, 1, 1, tzinfo=UTC), NOW, "list")


@pytest.mark.promise("P12", "lists from the future")
@pytest.mark.parametrize("name", ["2062-01-01.json", "9999-12-31T2359Z.json"])
def test_a_file_name_of_the_future_freezes_no_catalog(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, store = tmp_path / name, tmp_path / "store"
    source.write_text('{"data": [{"id": "a/one"}]}')

    assert main(["--from", str(source), "--store", str(store)]) == 1

    assert "which is yet to come" in capsys.readouterr().err
    assert not store.exists()


def test_as_of_a_time_of_the_future_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, store = tmp_path / "2026-01-01.json", tmp_path / "store"
    source.write_text('{"data": [{"id": "a/one"}]}')

    options = ["--from", str(source), "--store", str(store), "--as-of", "2062-01-01T00:00:00Z"]
    assert main(options) == 1

    assert "--as-of says 1 January 2062" in capsys.readouterr().err


def test_a_file_that_was_changed_in_the_future_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text("[]")
    later = datetime(2062, 1, 1, tzinfo=UTC).timestamp()
    os.utime(path, (later, later))

    with pytest.raises(SourceError, match="yet to come"):
        observed_at(path)


@pytest.mark.parametrize("name", ["2026-13-45.json", "2026-02-30.json", "2026-01-01T2561Z.json"])
def test_a_name_with_no_real_time_is_a_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("[]")

    with pytest.raises(SourceError, match=f"the name of .* starts with {path.stem}: "):
        observed_at(path)
