"""The real lists, merged in order of date without force: sanity checks accept each of them."""

from pathlib import Path

import pytest

from scripts.commands.refresh import main
from tests.support.external import shared

ORDER = (
    "2026-04-22",
    "2026-07-31T1418Z",
    "2026-07-31T1940Z",
    "2026-08-05-output_modalities-all",
    "2026-08-22T1246Z",
    "2026-08-22T1835Z",
)


def refresh(name: str, store: Path) -> int:
    """Merge a list by the command, and return its exit status."""
    place = shared()
    if place is None:
        pytest.skip("the real catalogs are not beside the project")
    covers = "all" if name.endswith("-all") else "text"
    path = str(place / "catalogs" / f"{name}.json")
    return main(["--from", path, "--store", str(store), "--covers", covers])


def test_no_real_list_since_2026_04_is_rejected(tmp_path: Path) -> None:
    assert {name: refresh(name, tmp_path) for name in ORDER} == dict.fromkeys(ORDER, 0)


def test_a_list_ten_months_younger_is_rejected_with_advice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refresh("2025-06-12", tmp_path) == 0
    assert refresh("2026-04-22", tmp_path) == 1

    said = capsys.readouterr().err
    assert said.startswith(f"Nothing was changed in {tmp_path}: the list has lost 187 of 324")
    assert "The stored list, of 12 June 2025, is 10 months older." in said
    assert "accept it once with scripts/refresh --force" in said
