"""What others collected against readers of JSON and of text, as answers of an upstream."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from handler.adapters.openrouter.models import ModelListFile
from handler.domain.catalog.coverage import EVERYTHING
from handler.domain.errors import InvalidJson, SourceError
from handler.domain.ingest import lenient_json
from handler.domain.ingest.model_list import parse_list_page
from handler.services.model_list import parse_model_list
from tests.support.builders import AS_OF, record
from tests.support.external import real_part
from tests.support.hostile.payloads import naughty, raw_with

pytestmark = pytest.mark.e2e

# The package is a module of JavaScript.
PRINT = "import(process.argv[1]).then(({default: all}) => console.log(JSON.stringify(all)))"
GOOD = record("a/good")


@pytest.fixture(scope="module")
def cases() -> dict[str, bytes]:
    """JSONTestSuite's bodies by name: y_ for JSON, n_ for what is none, i_ for either."""
    command = ["node", "-e", PRINT, str(real_part("BURGEE_JSON_SUITE"))]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    return {one["name"]: one["input"].encode("utf-8", "surrogatepass") for one in json.loads(said)}


def read_as(body: bytes) -> str:
    """Return "y" where a body reads as JSON that can be written again, "n" where it is refused."""
    try:
        value = lenient_json.parse_json(body, "the list")
    except InvalidJson as error:
        assert str(error).startswith("the list is not valid JSON: ")  # noqa: PT017 - either is right
        return "n"
    assert json.loads(json.dumps(value, ensure_ascii=False).encode()) == value
    return "y"


@pytest.mark.promise("P12", "cases of JSONTestSuite, as an upstream's answer")
def test_valid_json_is_read_and_invalid_json_refused(
    cases: dict[str, bytes], record_property: Callable[[str, int], None]
) -> None:
    record_property("tried", len(cases))
    read = {name: read_as(body) for name, body in cases.items()}

    assert {name[0] for name in cases} == {"y", "n", "i"}
    assert len(cases) > 300
    assert [name for name in cases if read[name] != name[0] != "i"] == []


@pytest.mark.promise("P12", "cases of JSONTestSuite, as an upstream's list or in it")
def test_no_case_is_a_list_and_none_costs_its_neighbour(
    cases: dict[str, bytes], record_property: Callable[[str, int], None], tmp_path: Path
) -> None:
    record_property("tried", len(cases))
    for name, body in cases.items():
        try:
            records = parse_list_page(body, "the list").records
        except (InvalidJson, SourceError):
            continue
        assert name[0] != "n"
        # One that is a list lists nothing that could be a model.
        assert not any(isinstance(one, dict) and "id" in one for one in records)
        (tmp_path / "list").write_bytes(b"[%b, %b]" % (body, json.dumps(GOOD).encode()))
        seen, skipped = parse_model_list(
            ModelListFile(tmp_path / "list", "OpenRouter").fetch(), EVERYTHING, AS_OF
        )
        assert (list(seen.models), len(skipped)) == (["a/good"], 1), name


@pytest.mark.promise("P13", "naughty strings in every field of a record of a list")
def test_a_naughty_string_is_text_or_costs_its_record_alone(
    record_property: Callable[[str, int], None], tmp_path: Path
) -> None:
    texts = naughty(real_part("BURGEE_NAUGHTY"))
    record_property("tried", len(texts))
    records = [
        GOOD,
        *(raw_with(text, f"a/{number}") for number, text in enumerate(texts)),
        *(record(text) for text in texts),
    ]
    (tmp_path / "list").write_text(json.dumps({"data": records}), "utf-8")

    seen, skipped = parse_model_list(
        ModelListFile(tmp_path / "list", "OpenRouter").fetch(), EVERYTHING, AS_OF
    )

    expected = {"a/good", *(f"a/{number}" for number in range(len(texts)))}
    assert expected <= seen.models.keys()
    assert len(seen.models) + len(skipped) == len(records)
    assert [model.raw for model in seen.models.values()] == [
        raw for raw in records if raw["id"] in seen.models
    ]
    assert all(sentence.isprintable() for sentence in skipped)
