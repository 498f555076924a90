"""A list that only says more, or says the same in another form, is no rewriting."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.builders import HERMES
from tests.support.records_as_listed import listed, per_token
from tests.support.refreshed_site import RefreshedSite

BEFORE, AFTER = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 6, 2, tzinfo=UTC)
IDS = [f"acme/model-{n}" for n in range(40)]
BARE_ARCHITECTURE = {
    "modality": "text",
    "input_modalities": None,
    "output_modalities": None,
    "tokenizer": "Other",
    "instruct_type": None,
}


def bare(model_id: str) -> dict[str, Any]:
    record = listed(model_id, per_token("1", "3"), hugging_face_id=None)
    del record["created"]
    return {**record, "architecture": BARE_ARCHITECTURE}


def full(number: int, model_id: str) -> dict[str, Any]:
    released = 1_700_000_000 + number * 86_400
    weights = f"acme/Model-{number}"
    return listed(model_id, per_token("1", "3"), created=released, hugging_face_id=weights)


BARE = [bare(model_id) for model_id in IDS]
FULL = [full(number, model_id) for number, model_id in enumerate(IDS)]


def test_a_fuller_list_is_accepted_without_force() -> None:
    site = RefreshedSite()
    site.refresh(BARE, BEFORE)

    result = site.refresh(FULL, AFTER)

    assert (result.models, result.skipped_records) == (len(IDS), ())
    record = site.record(IDS[3])
    assert record["hugging_face_id"] == "acme/Model-3"
    assert record["output_modalities"] == ["text"]
    assert {i: site.events(i) for i in IDS if site.events(i)} == {}


@pytest.mark.parametrize(
    "filled_in",
    [
        lambda n: {"created": 1_700_000_000 + n * 86_400},
        lambda n: {"hugging_face_id": f"acme/Model-{n}"},
        lambda _: {"architecture": HERMES["architecture"]},
        lambda _: {"architecture": {**BARE_ARCHITECTURE, "modality": "text->text"}},
    ],
    ids=["created", "weights", "modalities", "another form of modality"],
)
def test_each_field_may_be_filled_in_by_itself(filled_in: Callable[[int], dict[str, Any]]) -> None:
    site = RefreshedSite()
    site.refresh(BARE, BEFORE)

    fuller = [{**record, **filled_in(number)} for number, record in enumerate(BARE)]

    assert site.refresh(fuller, AFTER).models == len(IDS)
