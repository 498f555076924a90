import json
from pathlib import Path

import pytest

from handler.domain.snapshot import codec
from scripts.benchmarks.candidates import FASTAPI, FLOOR, digest_of
from scripts.benchmarks.fixtures.catalogs import COMPARED, EXAMPLE, records_of, sized_catalog
from scripts.benchmarks.report import BEGIN, DOCUMENT, END, in_columns, written
from scripts.benchmarks.results import OURS, NotMeasured, Table, figure, interleaved
from scripts.benchmarks.suites.cold_start import COLD_CARD, COLD_PAGE
from scripts.benchmarks.suites.import_time import group_of
from scripts.benchmarks.thresholds import evaluate
from scripts.sample_data.load import SAMPLE, newest_records

TABLE = Table("Cold", "In turns.", ("what", "ms"), [("ours", "7.1"), ("theirs", "1,141")])


def test_tasks_take_turns_and_the_first_turns_count_for_nothing() -> None:
    order: list[str] = []

    def task(name: str) -> int:
        order.append(name)
        return len(order)

    given = interleaved({"a": lambda: task("a"), "b": lambda: task("b")}, runs=2, warm_up=1)

    assert order == ["a", "b"] * 3
    assert given == {"a": [3, 5], "b": [4, 6]}


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.0714, "0.0714"), (7.128, "7.13"), (65.44, "65.4"), (204.6, "205"), (1141.2, "1,141")],
)
def test_a_figure_has_the_digits_that_count(value: float, said: str) -> None:
    assert figure(value) == said


def test_a_run_replaces_what_the_last_one_wrote_and_keeps_the_prose() -> None:
    document = f"Before.\n\n{BEGIN}\n\nold\n\n{END}\n\nAfter.\n"

    once = written(document, "By hand.", [TABLE])

    assert once == written(once, "By hand.", [TABLE])
    assert once == (
        f"Before.\n\n{BEGIN}\n\nBy hand.\n\n### Cold\n\nIn turns.\n\n"
        f"| what | ms |\n| --- | --- |\n| ours | 7.1 |\n| theirs | 1,141 |\n\n{END}\n\nAfter.\n"
    )


def test_a_document_without_markers_is_not_written_over() -> None:
    with pytest.raises(ValueError, match="has no"):
        written("prose", "", [TABLE])


def test_the_document_has_the_markers() -> None:
    assert written(DOCUMENT.read_text("utf-8"), "", [])


def test_a_terminal_gets_columns() -> None:
    assert in_columns(TABLE).splitlines() == [
        "== Cold",
        "In turns.",
        "what    ms",
        "ours    7.1",
        "theirs  1,141",
    ]


def test_targets_are_judged_by_what_was_measured_and_others_left_out() -> None:
    figures = {
        COLD_PAGE[OURS]: 150.0,
        COLD_PAGE[FASTAPI]: 1_000.0,
        COLD_PAGE[FLOOR]: 40.0,
        COLD_CARD[OURS]: 300.0,
    }

    assert [row[1:] for row in evaluate(figures).rows] == [
        ("0.2", "0.15", "met"),
        ("3", "3.75", "not met"),
        ("1.8", "2", "not met"),
    ]


def test_a_larger_catalog_repeats_the_sample_under_other_authors(tmp_path: Path) -> None:
    catalog = codec.decode(sized_catalog(tmp_path, 425).snapshot.read_bytes())

    ids = [entry.id for entry in catalog.entries]
    assert (len(ids), len(set(ids))) == (425, 425)
    assert EXAMPLE in ids
    original, copy = catalog.profile(ids[0]), catalog.profile(ids[421])
    author, _, slug = ids[0].partition("/")
    assert copy.model.id == f"{author}-1/{slug}"
    assert copy.model.pricing == original.model.pricing
    assert copy._replace(model=original.model) == original


def test_what_is_built_is_built_again_where_its_source_changed(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("1")
    before = digest_of(tmp_path, SAMPLE)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "app.pyc").write_text("1")
    same = digest_of(tmp_path, SAMPLE)
    (tmp_path / "app.py").write_text("2")

    assert before == same != digest_of(tmp_path, SAMPLE)


@pytest.mark.parametrize(
    ("module", "group"),
    [
        ("handler.domain.text", "handler.domain"),
        ("handler.settings", "handler"),
        ("handlers", "the standard library’s rest"),
        ("jinja2.runtime", "jinja2 markupsafe"),
        ("asyncio", "asyncio _asyncio concurrent"),
        ("email.parser", "the standard library’s rest"),
    ],
)
def test_an_import_belongs_to_whom_it_serves(module: str, group: str) -> None:
    assert group_of(module) == group


def test_a_stored_list_takes_the_place_of_the_samples(tmp_path: Path) -> None:
    records = [{**record, "name": f"New {n}"} for n, record in enumerate(newest_records())]
    (tmp_path / "list.json").write_text(json.dumps({"data": records}))

    catalog = codec.decode(
        sized_catalog(tmp_path, len(COMPARED), tmp_path / "list.json").snapshot.read_bytes()
    )

    names = {record["id"]: record["name"] for record in records}
    assert {entry.id: entry.name for entry in catalog.entries} == {i: names[i] for i in COMPARED}


def test_a_list_without_the_models_that_are_asked_for_is_not_measured(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text(json.dumps({"data": [{"id": EXAMPLE}]}))

    with pytest.raises(NotMeasured, match=r"list\.json does not list google/gemini-2\.5-pro"):
        records_of(tmp_path / "list.json")
