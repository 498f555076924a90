import json
from pathlib import Path
from typing import Any

import pytest

from handler.adapters.openrouter.models import ModelListFile
from scripts.commands.sample import main
from scripts.sample_data.load import SAMPLE
from tests.support.builders import priced, record
from tests.support.external import shared

LISTS = (
    "2025-06-12",
    "2026-04-22",
    "2026-07-31T1418Z",
    "2026-07-31T1940Z",
    "2026-08-22T1246Z",
    "2026-08-22T1835Z",
)


def test_bundled_sample_matches_the_real_responses(tmp_path: Path) -> None:
    real = shared()
    if not real:
        pytest.skip("the real responses are not beside the project")
    lists = [str(real / "catalogs" / f"{name}.json") for name in LISTS]
    files = {
        "--everything": "catalogs/2026-08-05-output_modalities-all.json",
        "--endpoints": "details/2026-05-18.json",
        "--arena": "arena/2026-08-19-text_style_control-overall.json",
    }
    options = [word for flag, path in files.items() for word in (flag, str(real / path))]

    assert main([*lists, *options, "--to", str(tmp_path / "sample.json")]) == 0

    assert (tmp_path / "sample.json").read_text("utf-8") == SAMPLE.read_text("utf-8")
    theirs = {raw["description"] for path in lists for raw in load_records(path)}
    lists_in_sample = json.loads(SAMPLE.read_text("utf-8"))["lists"]
    assert not theirs & {raw["description"] for one in lists_in_sample for raw in one["data"]}


def load_records(path: str) -> list[dict[str, Any]]:
    return ModelListFile(Path(path), path).fetch().records


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    """Arguments that make a sample of two lists and the other sources."""
    picture = record("a/picture", architecture={"output_modalities": ["image"]})
    endpoint = {"provider_name": "Acme", "model_id": "a/one", "pricing": {}, "supports": "x"}
    rating = {"rank": 1, "model_name": "one", "organization": "a", "license": "x"}
    rating |= {"rating": 1500.5, "rating_lower": 1490, "rating_upper": 1510, "vote_count": 7.0}
    files = {
        "2026-01-01.json": [priced("a/one", "1", "1"), record("a/gone"), record("a/same")],
        "2026-02-01.json": [
            priced("a/one", "2", "1", benchmarks={"x": 1}),
            record("a/same"),
            record("a/new"),
        ],
        "2026-01-15.json": [record("a/one"), picture],
        "2026-01-20.json": {"a/one": {"data": {"endpoints": [endpoint]}}},
        "2026-01-25.json": {"meta": {"leaderboard_publish_date": "2026-01-24"}, "rows": [rating]},
    }
    for name, value in files.items():
        (tmp_path / name).write_text(json.dumps(value))
    one, two, everything, endpoints, arena = (str(tmp_path / name) for name in files)
    return [two, one, "--everything", everything, "--endpoints", endpoints, "--arena", arena]


def test_newest_list_is_whole_and_others_are_cut(arguments: list[str], tmp_path: Path) -> None:
    target = tmp_path / "deep" / "sample.json"

    assert main([*arguments, "--to", str(target)]) == 0

    sample = json.loads(target.read_text())
    assert [
        (r["as_of"][:10], r["covers"], [raw["id"] for raw in r["data"]]) for r in sample["lists"]
    ] == [
        ("2026-01-01", "text", ["a/one", "a/gone"]),
        ("2026-01-15", "all", ["a/one", "a/picture"]),
        ("2026-02-01", "text", ["a/one", "a/same", "a/new"]),
    ]
    assert "benchmarks" not in sample["lists"][-1]["data"][0]
    assert sample["endpoints"] == {
        "as_of": "2026-01-20T00:00:00+00:00",
        "by_model": {"a/one": [{"model_id": "a/one", "provider_name": "Acme", "pricing": {}}]},
    }
    assert sample["arena"]["as_of"] == "2026-01-24"
    assert "license" not in sample["arena"]["rows"][0]


def test_missing_file_is_reported_and_nothing_written(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "sample.json"

    assert main([str(tmp_path / "gone.json"), *arguments[1:], "--to", str(target)]) == 1

    assert "No sample was made: cannot read" in capsys.readouterr().err
    assert not target.exists()
