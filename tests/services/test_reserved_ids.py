"""Ids that would shadow a path of the site: refused by a refresh, while the rest is served."""

import json
from pathlib import Path
from typing import Any

import pytest

from handler.adapters.storage.file_store import FileStore
from handler.domain.snapshot.decode import decode_whole
from scripts.commands.refresh import main as refresh_command
from tests.support.builders import catalog_bytes, record
from tests.support.external import shared
from tests.support.http.asgi import ask, create_app

SHADOWING = ["acme/feed.xml", "acme/card.png", "acme/preview", "acme/one.md", "robots.txt/a"]
SHADOWING += ["sitemap.xml/b", "favicon.ico/c"]


def records() -> list[dict[str, Any]]:
    return [record("acme/one"), *map(record, SHADOWING)]


def shared_case() -> list[dict[str, Any]]:
    place = shared()
    if not place:
        pytest.skip("the shared cases are not beside the project")
    found: list[dict[str, Any]] = json.loads((place / "cases" / "shadow-ids.json").read_bytes())[
        "data"
    ]
    return found


@pytest.mark.parametrize("listed", [records, shared_case])
def test_shadowing_ids_are_skipped_and_named(
    listed: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    models = tmp_path / "2026-08-22.json"
    models.write_text(json.dumps({"data": listed()}), encoding="utf-8")
    store = tmp_path / "store"

    assert refresh_command(["--from", str(models), "--store", str(store), "--force"]) == 0

    lines = capsys.readouterr().out.splitlines()
    skipped = next(line for line in lines if line.startswith("  skipped 7: "))
    assert [model_id for model_id in SHADOWING if f"'{model_id}'" not in skipped] == []
    app = create_app(FileStore(store), "https://previews.example.org")
    answers = {
        path: ask(app, path).headers["content-type"].partition(";")[0]
        for path in (
            "/acme/one",
            "/acme/one.md",
            "/acme/feed.xml",
            "/acme/card.png",
            "/robots.txt",
            "/sitemap.xml",
            "/favicon.ico",
        )
    }
    assert answers == {
        "/acme/one": "text/html",
        "/acme/one.md": "text/markdown",
        "/acme/feed.xml": "application/xml",
        "/acme/card.png": "image/png",
        "/robots.txt": "text/plain",
        "/sitemap.xml": "application/xml",
        "/favicon.ico": "image/x-icon",
    }
    assert ask(app, "/acme/preview").status == 404


def test_stored_reserved_id_does_not_break_a_snapshot() -> None:
    catalog = decode_whole(catalog_bytes([record("acme/one"), record("acme/feed.xml")]))

    assert [model.id for model in catalog.listed()] == ["acme/one", "acme/feed.xml"]
