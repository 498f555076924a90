import json
from pathlib import Path

import pytest

from handler.domain.snapshot.decode import decode_whole
from scripts.benchmarks.candidates import FASTAPI, FLOOR, source_digest
from scripts.benchmarks.fixtures.catalogs import COMPARED, EXAMPLE, load_records, sized_catalog
from scripts.benchmarks.report import BEGIN, DOCUMENT, END, format_columns, replace_tables
from scripts.benchmarks.results import Metric, NotMeasured, Table, format_number, interleave
from scripts.benchmarks.suites.cold_start import COLD_CARD, COLD_PAGE
from scripts.benchmarks.suites.explorer import FIRST_VIEW_AT
from scripts.benchmarks.suites.import_time import find_group
from scripts.benchmarks.suites.warm import MEMORY_WITH_API
from scripts.benchmarks.thresholds import BEFORE, evaluate
from scripts.sample_data.load import SAMPLE, newest_records

TABLE = Table("Cold", "In turns.", ("candidate", "ms"), [("ours", "7.1"), ("theirs", "1,141")])


def test_tasks_take_turns_and_warm_up_is_not_counted() -> None:
    order: list[str] = []

    def task(name: str) -> int:
        order.append(name)
        return len(order)

    results = interleave({"a": lambda: task("a"), "b": lambda: task("b")}, runs=2, warm_up=1)

    assert order == ["a", "b"] * 3
    assert results == {"a": [3, 5], "b": [4, 6]}


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.0714, "0.0714"), (7.128, "7.13"), (65.44, "65.4"), (204.6, "205"), (1141.2, "1,141")],
)
def test_number_has_three_significant_digits(value: float, expected: str) -> None:
    assert format_number(value) == expected


def test_tables_are_replaced_and_prose_is_kept() -> None:
    document = f"Before.\n\n{BEGIN}\n\nold\n\n{END}\n\nAfter.\n"

    once = replace_tables(document, "By hand.", [TABLE])

    assert once == replace_tables(once, "By hand.", [TABLE])
    assert once == (
        f"Before.\n\n{BEGIN}\n\nBy hand.\n\n### Cold\n\nIn turns.\n\n"
        "| candidate | ms |\n| --- | --- |\n| ours | 7.1 |\n| theirs | 1,141 |\n\n"
        f"{END}\n\nAfter.\n"
    )


def test_document_without_markers_is_rejected() -> None:
    with pytest.raises(ValueError, match="has no"):
        replace_tables("prose", "", [TABLE])


def test_performance_document_has_the_markers() -> None:
    assert replace_tables(DOCUMENT.read_text("utf-8"), "", [])


def test_table_for_terminal_has_columns() -> None:
    assert format_columns(TABLE).splitlines() == [
        "== Cold",
        "In turns.",
        "candidate  ms",
        "ours       7.1",
        "theirs     1,141",
    ]


def test_only_measured_targets_are_judged() -> None:
    metrics = {
        Metric(COLD_PAGE): 150.0,
        Metric(COLD_PAGE, FASTAPI): 1_000.0,
        Metric(COLD_PAGE, FLOOR): 40.0,
        Metric(COLD_CARD): 300.0,
    }

    table = evaluate(metrics)

    assert table.head == ("target", "at most", "ours", "")
    assert [row[1:] for row in table.rows] == [
        ("0.2", "0.15", "met"),
        ("1.7", "3.75", "not met"),
        ("1.25", "2", "not met"),
    ]


def test_revision_is_judged_by_its_own_figures() -> None:
    metrics = {
        Metric(COLD_PAGE): 100.0,
        Metric(COLD_CARD): 110.0,
        Metric(COLD_PAGE, "0123abc"): 200.0,
        Metric(COLD_CARD, "0123abc"): 300.0,
        Metric(MEMORY_WITH_API): 60.0,
    }

    table = evaluate(metrics, ["0123abc"])

    assert table.head == ("target", "at most", "ours", "0123abc", "")
    assert [row[1:] for row in table.rows] == [
        ("1.25", "1.1", "1.5", "met"),
        ("80", "60.0", "", "met"),
    ]


def test_ratio_to_a_revision_says_what_it_needs() -> None:
    first_view = FIRST_VIEW_AT[421]
    alone = evaluate({Metric(first_view): 10.0})
    compared = evaluate({Metric(first_view): 10.0, Metric(first_view, BEFORE): 100.0}, [BEFORE])

    assert [row[1:] for row in alone.rows] == [("0.15", "", f"needs --against {BEFORE}")]
    assert [row[1:] for row in compared.rows] == [("0.15", "0.1", "1", "met")]


def test_larger_catalog_repeats_models_with_other_authors(tmp_path: Path) -> None:
    catalog = decode_whole(sized_catalog(tmp_path, 425).snapshot.read_bytes())

    ids = [entry.id for entry in catalog.index]
    assert (len(ids), len(set(ids))) == (425, 425)
    assert EXAMPLE in ids
    original, copy = catalog.profile(ids[0]), catalog.profile(ids[421])
    author, _, slug = ids[0].partition("/")
    assert copy.model.id == f"{author}-1/{slug}"
    assert copy.model.pricing == original.model.pricing
    assert copy._replace(model=original.model) == original


def test_digest_changes_with_source_but_not_with_bytecode(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("1")
    before = source_digest(tmp_path, SAMPLE)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "app.pyc").write_text("1")
    same = source_digest(tmp_path, SAMPLE)
    (tmp_path / "app.py").write_text("2")

    assert before == same != source_digest(tmp_path, SAMPLE)


@pytest.mark.parametrize(
    ("module", "group"),
    [
        ("handler.domain.text", "handler.domain"),
        ("handler.settings", "handler"),
        ("handlers", "everything else"),
        ("jinja2.runtime", "jinja2 markupsafe"),
        ("email.parser", "everything else"),
    ],
)
def test_import_is_grouped_by_package(module: str, group: str) -> None:
    assert find_group(module) == group


def test_stored_list_replaces_that_of_the_sample(tmp_path: Path) -> None:
    records = [{**record, "name": f"New {n}"} for n, record in enumerate(newest_records())]
    (tmp_path / "list.json").write_text(json.dumps({"data": records}))

    catalog = decode_whole(
        sized_catalog(tmp_path, len(COMPARED), tmp_path / "list.json").snapshot.read_bytes()
    )

    names = {record["id"]: record["name"] for record in records}
    assert {entry.id: entry.name for entry in catalog.index} == {i: names[i] for i in COMPARED}


def test_list_without_the_compared_models_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text(json.dumps({"data": [{"id": EXAMPLE}]}))

    with pytest.raises(NotMeasured, match=r"list\.json does not list google/gemini-2\.5-pro"):
        load_records(tmp_path / "list.json")
