from pathlib import Path
from typing import Any

import pytest

from handler.bootstrap.refresh import local_snapshot_repository, markdown_renderer
from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.model import Model
from handler.domain.catalog.provenance import ARENA, ENDPOINTS, LIST
from scripts.sample_data.descriptions import describe
from scripts.sample_data.load import load_sample
from tests.support.builders import HERMES, making, model, record


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> CatalogData:
    """The contents of a store after loading the sample."""
    repository = local_snapshot_repository(tmp_path_factory.mktemp("store"))
    load_sample(repository, markdown_renderer())
    return repository.load()


def test_sample_has_data_for_every_section_of_a_page(sample: CatalogData) -> None:
    profiles = sample.profiles
    listed = [profile for profile in profiles if not profile.withdrawn]

    assert len(listed) > 500
    assert len([p for p in profiles if p.withdrawn]) == 25
    assert len([p for p in listed if p.endpoints()]) > 150
    assert len([p for p in listed if p.arena_rank]) > 150
    assert len([p for p in listed if p.history.events()]) >= 40
    assert set(sample.sources) == {LIST, ARENA, ENDPOINTS}


def test_sources_of_the_sample_are_dated(sample: CatalogData) -> None:
    days = {name: str(source.as_of)[:10] for name, source in sample.sources.items()}

    assert days == {LIST: "2026-08-22", ARENA: "2026-08-19", ENDPOINTS: "2026-05-18"}


def test_every_description_is_our_own(sample: CatalogData) -> None:
    assert [p.model.id for p in sample.profiles if p.markdown != describe(p.model)] == []


def test_sample_has_no_benchmarks(sample: CatalogData) -> None:
    assert [p.model.id for p in sample.profiles if "benchmarks" in p.model.raw] == []


def test_loading_the_sample_again_changes_nothing(tmp_path: Path) -> None:
    repository = local_snapshot_repository(tmp_path)
    load_sample(repository, markdown_renderer())
    once = repository.load().profiles

    load_sample(repository, markdown_renderer())

    assert repository.load().profiles == once


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
    ("example", "expected"),
    [
        (model(HERMES), HERMES_SENTENCE),
        (
            model(record(**SEEING)),
            "A language model by acme, with reasoning and tool calls. "
            "It also takes images and files. Its knowledge ends in March 2025.",
        ),
        (
            model(record("acme/one:free", name="Acme: One (free)")),
            "The free variant of Acme’s One.",
        ),
        (model(record("acme/one:batch", name="One (batch)")), "The batch variant of One."),
        (model(record(architecture=making("text", "image"))), "An image model by acme."),
        (model(record(architecture=making("smell"))), "A model by acme."),
        (
            model(record("openrouter/auto", name="Auto Router")),
            "One of OpenRouter’s own routers, which pass a request on to a model that fits.",
        ),
        (
            model(record("~acme/latest", alias_target={"slug": "acme/one", "name": "One"})),
            "An alias that stands for One, and moves on when a newer one comes.",
        ),
    ],
    ids=[
        "open weights",
        "abilities",
        "free",
        "variant without vendor",
        "images",
        "unknown modality",
        "router",
        "alias",
    ],
)
def test_description_states_facts_of_the_record(example: Model, expected: str) -> None:
    assert describe(example) == expected
