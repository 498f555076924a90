import json
from pathlib import Path
from typing import Any

import pytest

from handler.adapters.openrouter.models import ModelListFile
from scripts.commands.sample import main
from scripts.sample_data.load import SAMPLE
from tests.conftest import shared
from tests.support.builders import priced, record

LISTS = (
    "2025-06-12",
    "2026-04-22",
    "2026-07-31T1418Z",
    "2026-07-31T1940Z",
    "2026-08-22T1246Z",
    "2026-08-22T1835Z",
)


def test_the_sample_is_the_one_that_the_real_answers_make(tmp_path: Path) -> None:
    real = shared()
    if not real:
        pytest.skip("the real answers are not beside the project")
    lists = [str(real / "catalogs" / f"{name}.json") for name in LISTS]
    others = {
        "--everything": "catalogs/2026-08-05-output_modalities-all.json",
        "--endpoints": "details/2026-05-18.json",
        "--arena": "arena/2026-08-19-text_style_control-overall.json",
    }
    named = [word for flag, path in others.items() for word in (flag, str(real / path))]

    assert main([*lists, *named, "--to", str(tmp_path / "sample.json")]) == 0

    assert (tmp_path / "sample.json").read_text("utf-8") == SAMPLE.read_text("utf-8")
    theirs = {raw["description"] for path in lists for raw in records_of(path)}
    ours = json.loads(SAMPLE.read_text("utf-8"))["readings"]
    assert not theirs & {raw["description"] for reading in ours for raw in reading["data"]}


def records_of(path: str) -> list[dict[str, Any]]:
    return ModelListFile(Path(path), path).fetch().records


@pytest.fixture
def answers(tmp_path: Path) -> list[str]:
    """The arguments that make a sample of two lists, with what other sources say."""
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


def test_the_newest_list_is_there_whole_and_the_others_where_they_tell_something(
    answers: list[str], tmp_path: Path
) -> None:
    made = tmp_path / "deep" / "sample.json"

    assert main([*answers, "--to", str(made)]) == 0

    sample = json.loads(made.read_text())
    assert [
        (r["as_of"][:10], r["covers"], [raw["id"] for raw in r["data"]]) for r in sample["readings"]
    ] == [
        ("2026-01-01", "text", ["a/one", "a/gone"]),
        ("2026-02-01", "all", ["a/one", "a/same", "a/new", "a/picture"]),
    ]
    assert "benchmarks" not in sample["readings"][-1]["data"][0]
    assert sample["endpoints"] == {
        "as_of": "2026-01-20T00:00:00+00:00",
        "by_model": {
            "a/one": [{"model_id": "a/one", "provider_name": "Acme", "pricing": {}}],
        },
    }
    assert sample["arena"]["as_of"] == "2026-01-24"
    assert "license" not in sample["arena"]["rows"][0]


def test_an_answer_that_is_not_there_is_an_error_and_makes_nothing(
    answers: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "sample.json"

    assert main([str(tmp_path / "gone.json"), *answers[1:], "--to", str(made)]) == 1

    assert "No sample was made: cannot read" in capsys.readouterr().err
    assert not made.exists()
