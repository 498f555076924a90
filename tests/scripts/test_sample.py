import json
from pathlib import Path
from typing import Any

import pytest

from handler.adapters.openrouter import StoredList
from handler.domain.model import Model
from scripts.commands.local import SAMPLE, observed_at
from scripts.commands.sample import main, sample_of, sentence, written
from tests.conftest import shared_catalogs
from tests.records import HERMES, making, model, record


@pytest.fixture(scope="module")
def sample() -> list[dict[str, Any]]:
    return StoredList(SAMPLE, "the sample").fetch().records


def test_every_record_of_the_sample_is_a_model_with_a_sentence_made_from_it(
    sample: list[dict[str, Any]],
) -> None:
    models = [model(raw) for raw in sample]

    assert len({m.id for m in models}) == len(models) > 500
    assert [m.raw["description"] for m in models] == [sentence(m) for m in models]


def test_the_sample_holds_no_benchmarks(sample: list[dict[str, Any]]) -> None:
    assert not [raw["id"] for raw in sample if "benchmarks" in raw]


def test_the_sample_is_the_one_that_the_real_catalogs_make(sample: list[dict[str, Any]]) -> None:
    real = {path.stem: path for path in shared_catalogs()}
    if not real:
        pytest.skip("the real catalogs are not beside the project")
    newest, everything = max(real), "2026-08-05-output_modalities-all"

    made = sample_of([real[newest], real[everything]])

    assert written(made) == SAMPLE.read_text("utf-8")
    theirs = {
        raw["description"] for path in real.values() for raw in StoredList(path, "").fetch().records
    }
    assert not theirs & {raw["description"] for raw in sample}


HERMES_SENTENCE = (
    "A language model by Nous, on OpenRouter since August 2025. "
    "Its weights are on Hugging Face as NousResearch/Hermes-4-405B."
)
SEEING: dict[str, Any] = {
    "architecture": {"input_modalities": ["text", "image", "file"], "output_modalities": ["text"]},
    "supported_parameters": ["tools", "reasoning"],
    "knowledge_cutoff": "2025-03-31",
}


@pytest.mark.parametrize(
    ("described", "expected"),
    [
        (model(HERMES), HERMES_SENTENCE),
        (model(record(**SEEING)), "A language model by acme, with reasoning and tool calls. "
         "It also takes images and files. Its knowledge ends in March 2025."),
        (model(record("acme/one:free", name="Acme: One (free)")),
         "The free variant of Acme’s One."),
        (model(record("acme/one:batch", name="One (batch)")), "The batch variant of One."),
        (model(record(architecture=making("text", "image"))), "An image model by acme."),
        (model(record(architecture=making("smell"))), "A model by acme."),
        (model(record("openrouter/auto", name="Auto Router")),
         "One of OpenRouter’s own routers, which pass a request on to a model that fits."),
        (model(record("~acme/latest", alias_target={"slug": "acme/one", "name": "One"})),
         "An alias that stands for One, and moves on when a newer one comes."),
    ],
    ids=["open weights", "abilities", "free", "a variant without a vendor", "pictures",
         "something new", "a router", "an alias"],
)  # fmt: skip
def test_a_sentence_says_only_what_the_record_does(described: Model, expected: str) -> None:
    assert sentence(described) == expected


def test_the_first_catalog_wins_and_later_ones_add(tmp_path: Path) -> None:
    new, old = tmp_path / "2026-02-01.json", tmp_path / "2026-01-01.json"
    new.write_text(json.dumps([record("a/one", name="New", benchmarks={"x": 1})]))
    old.write_text(json.dumps([record("a/one", name="Old"), record("a/two")]))

    assert main([str(new), str(old), "--to", str(tmp_path / "deep" / "sample.json")]) == 0

    made = json.loads((tmp_path / "deep" / "sample.json").read_text())
    assert made["as_of"] == observed_at(new).isoformat()
    assert [(raw["id"], raw["name"]) for raw in made["data"]] == [
        ("a/one", "New"),
        ("a/two", "a/two"),
    ]


def test_a_catalog_that_is_not_there_is_an_error_and_makes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "gone.json"), "--to", str(tmp_path / "sample.json")]) == 1

    assert "No sample was made: cannot read" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
