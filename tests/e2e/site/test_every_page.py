"""Every model of every real catalog has a light page, and the Nu HTML checker finds no fault."""

import json
import os
import random
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from handler.adapters.storage.file_store import FileStore
from handler.domain.compression import gzip_deterministic
from handler.domain.snapshot.decode import decode_whole
from tests.support.builders import HERMES, making, record
from tests.support.external import each_shared_catalog, real_part
from tests.support.hostile.text import HOSTILE_TEXT
from tests.support.pages.html_checker import complaints
from tests.support.servers.serve_process import serving

pytestmark = pytest.mark.e2e

# Of each catalog, unless all pages are asked for.
CHECKED_PAGES = 40
# Of these, so many with how their links look.
CHECKED_PREVIEWS = 10
# What fits the first round trip of a connection: ten segments of 1,460 bytes, less headers.
MAX_BYTES = 14_000
# Ten times as much is a record that is set aside.
MAX_TEXT_CHARACTERS = 4_000
OTHER_PATHS = (
    "/",
    "/?by=google&has=tools&price=0-5&sort=-context",
    "/?by=nobody&is=withdrawn",
    "/compare",
    "/compare?m=openai/gpt-4o&m=google/gemini-2.5-pro&m=nowhere",
    "/google",
    "/changes",
    "/methodology",
    "/api",
    "/no/such-model",
    "/nousresearch/hermes-4",
)


def model_ids(catalog: Path) -> list[str]:
    value = json.loads(catalog.read_text("utf-8-sig"))
    return [raw["id"] for raw in (value["data"] if isinstance(value, dict) else value)]


def pages(address: str, paths: list[str]) -> Iterator[tuple[str, int, bytes]]:
    """Yield the path, status and body of each page, over one connection."""
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=30)) as connection:
        for path in paths:
            connection.request("GET", path)
            answer = connection.getresponse()
            yield path, answer.status, answer.read()


def check_site(address: str, ids: list[str], folder: Path) -> None:
    """Ask for every model's page, and have the checker read a sample of them or all."""
    wanted = [f"/{quote(model_id, safe='/:~')}" for model_id in ids]
    answers = list(pages(address, wanted))
    assert [path for path, status, _ in answers if status != 200] == []
    weights = {path: len(gzip_deterministic(body, 6)) for path, _, body in answers}
    assert {path: size for path, size in weights.items() if size > MAX_BYTES} == {}

    read_all = bool(os.environ.get("BURGEE_ALL_PAGES"))
    count = len(answers) if read_all else min(CHECKED_PAGES, len(answers))
    sampled = random.Random(0).sample(answers, count)  # the same ones each time
    paths = [f"{path}/preview" for path, _, _ in sampled]
    previews = list(pages(address, paths if read_all else paths[:CHECKED_PREVIEWS]))
    assert [path for path, status, _ in previews if status != 200] == []
    sampled += previews
    sampled += pages(address, list(OTHER_PATHS))
    files = []
    for number, (path, _, body) in enumerate(sampled):
        files.append(folder / f"{number} {path.replace('/', '_')}.html")
        files[-1].write_bytes(body)
    assert complaints(real_part("BURGEE_VNU_JAR"), files) == []


@pytest.mark.parametrize("catalog", each_shared_catalog())
def test_every_model_of_a_real_catalog_has_a_valid_page(catalog: Path, tmp_path: Path) -> None:
    with serving("--catalog", catalog) as (address, _):
        check_site(address, model_ids(catalog), tmp_path)


def test_every_model_of_the_bundled_sample_has_a_valid_page(tmp_path: Path) -> None:
    with serving("--store", tmp_path / "store", "--offline") as (address, server):
        assert "The store is empty: starting from the bundled sample." in server.log
        stored = decode_whole(FileStore(tmp_path / "store").read().body)
        check_site(address, [entry.id for entry in stored.index], tmp_path)


SPARSE = [
    HERMES,
    record("acme/no-pricing", architecture=HERMES["architecture"]),
    record("acme/no-architecture", pricing=HERMES["pricing"]),
    record("acme/no-description", **{k: HERMES[k] for k in ("pricing", "architecture")}),
    {"id": "acme/nothing"},
    record("acme/nulls", **dict.fromkeys(("pricing", "architecture", "description", "created"))),
]


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(json.dumps(SPARSE).encode(), id="a bare list"),
        pytest.param(b"\xef\xbb\xbf" + json.dumps({"data": SPARSE}).encode(), id="a mark of order"),
        pytest.param(
            json.dumps({"data": SPARSE, "total_count": 6, "links": {"next": None}}).encode(),
            id="as served today",
        ),
    ],
)
def test_every_shape_of_list_and_the_sparsest_records_are_served(
    written: bytes, tmp_path: Path
) -> None:
    catalog = tmp_path / "list.json"
    catalog.write_bytes(written)

    with serving("--catalog", catalog) as (address, _):
        check_site(address, [raw["id"] for raw in SPARSE], tmp_path)


def hostile_record(number: int, text: str) -> dict[str, Any]:
    """Return a record with the text in every field that may hold any."""
    text = text.encode("utf-8", "replace").decode()[:MAX_TEXT_CHARACTERS]
    fields = ("name", "description", "canonical_slug", "hugging_face_id", "knowledge_cutoff")
    return record(
        f"acme/hostile-{number}",
        **dict.fromkeys(fields, text),
        expiration_date=text,
        architecture={**making(text, text), "tokenizer": text, "modality": text},
        supported_parameters=[text],
        alias_target={"slug": text, "name": text},
        unheard_of={text: text},
    )


def test_text_of_strangers_makes_no_page_invalid(tmp_path: Path) -> None:
    records = [hostile_record(n, text) for n, text in enumerate(HOSTILE_TEXT.values())]
    catalog = tmp_path / "list.json"
    catalog.write_text(json.dumps(records))

    with serving("--catalog", catalog) as (address, _):
        check_site(address, [raw["id"] for raw in records], tmp_path)
