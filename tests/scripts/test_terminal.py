"""Upstream text never reaches a terminal as escape sequences."""

import json
from pathlib import Path

import pytest

from scripts.commands.refresh import main
from tests.support.builders import HERMES, making, record
from tests.support.servers.upstream import Behaviour, Upstream, answers, html, redirect

ESCAPES = "\x1b]0;evil\x07\x1b[2J\x1b[31m\x9b31m\x00\x7f\u202e\u2066\r\n\u2028evil"

RECORDS = [
    HERMES,
    record("acme/one", name=ESCAPES, description=ESCAPES, canonical_slug=ESCAPES),
    record("acme/two", supported_parameters=[ESCAPES], architecture=making(ESCAPES)),
    {"id": ESCAPES},
    {"id": f"acme/{ESCAPES}"},
    {ESCAPES: ESCAPES},
    ESCAPES,
    *(
        record(f"acme/bad-{field}", **{field: {ESCAPES: ESCAPES}})
        for field in (
            "name",
            "created",
            "context_length",
            "supported_parameters",
            "hugging_face_id",
        )
    ),
    record("acme/bad-price", pricing={"prompt": ESCAPES, "completion": ESCAPES, ESCAPES: ESCAPES}),
    record("acme/bad-tier", pricing={"prompt": "1", "overrides": [{ESCAPES: ESCAPES}, ESCAPES]}),
    record("acme/bad-target", alias_target={"slug": [ESCAPES]}),
]
ROWS = [
    {
        "model_name": name,
        "organization": "acme",
        "category": "overall",
        "rank": 1,
        "rating": 1400,
        "rating_lower": 1390,
        "rating_upper": 1410,
        "vote_count": 9,
        "leaderboard_publish_date": date,
    }
    for name, date in ((f"one {ESCAPES}", "2026-08-19"), (ESCAPES, ESCAPES), ("one", "2026-08-19"))
]
ARENA = {"rows": [{"row": row} for row in ROWS], "num_rows_total": len(ROWS)}


def run_refresh(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """Refresh, check that every line of the output is printable, and return the output."""
    main(list(map(str, arguments)))
    printed = "".join(capsys.readouterr())
    assert [line for line in printed.split("\n") if not line.isprintable()] == []
    return printed


@pytest.mark.promise("P16", "escapes for terminals in what commands print")
def test_escapes_in_list_and_leaderboard_are_not_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "list.json").write_text(json.dumps({"data": RECORDS}))
    (tmp_path / "arena.json").write_text(json.dumps(ARENA))
    endpoints = {
        "acme/one": {"data": {"endpoints": [{"provider_name": ESCAPES, "tag": [ESCAPES]}]}}
    }
    (tmp_path / "endpoints.json").write_text(json.dumps(endpoints | {ESCAPES: ESCAPES}))

    printed = run_refresh(
        capsys,
        "--from",
        tmp_path / "list.json",
        "--store",
        tmp_path / "store",
        "--force",
        "--arena",
        tmp_path / "arena.json",
        "--endpoints",
        tmp_path / "endpoints.json",
        "--explain-arena",
    )

    assert "10 models" in printed
    assert "skipped" in printed


@pytest.mark.promise("P16", "escapes for terminals in what commands print")
@pytest.mark.parametrize(
    "behaviour",
    [
        html(f"<title>{ESCAPES}</title>"),
        answers(404, ESCAPES.encode()),
        answers(403, json.dumps({"error": {"message": ESCAPES}}).encode()),
        answers(200, json.dumps(ESCAPES).encode()),
        answers(200, json.dumps({ESCAPES: ESCAPES}).encode()),
        answers(200, b"{}", {"Content-Type": "\x1b[2J"}),
        answers(200, b"{}", {"Content-Encoding": "\x1b[2J"}),
        redirect("/\x1b[2J"),
        lambda exchange: exchange.send(b"HTTP/1.1 404 \x1b[2J\x9b31m\r\nConnection: close\r\n\r\n"),
        lambda exchange: exchange.send(b"\x1b[2J\x9b31m\r\n\r\n"),
    ],
)
def test_escapes_in_response_are_not_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], behaviour: Behaviour
) -> None:
    with Upstream(behaviour) as upstream:
        printed = run_refresh(capsys, "--from", f"{upstream.url}/models", "--store", tmp_path)

    assert printed.startswith(f"Nothing was changed in {tmp_path}: ")
