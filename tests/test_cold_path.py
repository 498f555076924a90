"""What a cold start does, in facts that no machine's speed changes: imports and reads."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from handler.domain.snapshot.names import OBJECT_NAME, OLDER_OBJECT_NAME
from handler.web.cards.drawing_sources import write_drawing_digest
from handler.web.rendering.compiler import compile_templates
from tests.support.builders import HERMES, catalog_bytes, record
from tests.support.constants import PROJECT
from tests.support.http.lambda_events import http_event
from tests.support.servers.upstream import Behaviour, Upstream, answers, chosen

STORED = catalog_bytes([HERMES, record("acme/one")])
HERMES_PATH = "/nousresearch/hermes-4-405b"

# What only the API and the refresh stand on.
ABSENT = {"anyio", "asyncio", "fastapi", "httpx", "mangum", "pydantic", "starlette"}
# What only the compiler of templates, a folder as store, or cards stand on.
ABSENT_FROM_PAGES = {"jinja2", "markupsafe", "pathlib", "shutil", "tempfile"}
# Modules of ours that a cold page may import, packages left out: the next takes a good reason.
MAX_OWN_MODULES = 87

PROGRAM = """
import sys
before = set(sys.modules)
import json
from handler.render import lambda_handler
started = set(sys.modules)
answer = lambda_handler(json.loads(sys.stdin.read()), None)
print(json.dumps({
    "status": answer["statusCode"],
    "start": sorted(started - before),
    "answer": sorted(set(sys.modules) - started),
}))
"""


@dataclass(frozen=True)
class ColdStart:
    """A process up to its first answer."""

    status: int
    imported_to_start: set[str]
    imported_to_answer: set[str]
    fetched: list[str]

    @property
    def imported(self) -> set[str]:
        return self.imported_to_start | self.imported_to_answer

    @property
    def packages(self) -> set[str]:
        names = {name.partition(".")[0] for name in self.imported}
        return {n for n in names if n not in sys.stdlib_module_names and not n.startswith("_")}


def stored_as(name: str) -> Behaviour:
    """Answer with the snapshot as one object of the bucket, which has no other."""
    ranged = {"ETag": '"1"', "Content-Range": f"bytes 0-{len(STORED) - 1}/{len(STORED)}"}
    missing = answers(404, b"<Error><Code>NoSuchKey</Code></Error>")
    return chosen(
        lambda request: (
            answers(206, STORED, ranged) if request.path == f"/bucket/catalog/{name}" else missing
        )
    )


def cold_start(deployed: Path, path: str, name: str = OBJECT_NAME) -> ColdStart:
    """Start the function over an S3 that counts, and ask it for one thing."""
    with Upstream(stored_as(name)) as s3:
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "BURGEE_"))},
            "BURGEE_STORE": "s3://bucket/catalog",
            "SITE_URL": "https://previews.example.org",
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_ENDPOINT_URL_S3": s3.url,
        }
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            input=json.dumps(http_event(path)),
            capture_output=True,
            text=True,
            cwd=deployed,
            env=environment,
            timeout=60,
            check=True,
        )
        said = json.loads(done.stdout)
        fetched = [f"{request.method} {request.path}" for request in s3.requests]
    return ColdStart(said["status"], set(said["start"]), set(said["answer"]), fetched)


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code with compiled templates, as it is deployed."""
    folder = tmp_path_factory.mktemp("deployed")
    for name in ("handler", "templates"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT / name, folder / name, ignore=ignored)
    compile_templates(folder / "templates")
    write_drawing_digest(folder / "handler")
    return folder


@pytest.fixture(scope="module")
def page(deployed: Path) -> ColdStart:
    return cold_start(deployed, HERMES_PATH)


@pytest.fixture(scope="module")
def card(deployed: Path) -> ColdStart:
    return cold_start(deployed, f"{HERMES_PATH}/card.png")


def test_a_cold_page_and_a_cold_card_fetch_one_object_once(
    page: ColdStart, card: ColdStart
) -> None:
    once = [f"GET /bucket/catalog/{OBJECT_NAME}"]

    assert (page.status, page.fetched) == (200, once)
    assert (card.status, card.fetched) == (200, once)


def test_a_cold_page_of_an_older_snapshot_makes_two_requests(deployed: Path) -> None:
    older = cold_start(deployed, HERMES_PATH, OLDER_OBJECT_NAME)

    names = (OBJECT_NAME, OLDER_OBJECT_NAME)
    assert (older.status, older.fetched) == (200, [f"GET /bucket/catalog/{n}" for n in names])


def test_a_cold_page_imports_no_package_but_ours(page: ColdStart) -> None:
    assert page.packages == {"handler"}


@pytest.mark.parametrize("kind", ["page", "card"])
def test_cold_start_imports_no_framework(kind: str, page: ColdStart, card: ColdStart) -> None:
    imported = {"page": page, "card": card}[kind].imported

    assert not ABSENT & {name.partition(".")[0] for name in imported}


def test_a_cold_page_imports_no_compiler_and_no_file_store(page: ColdStart) -> None:
    assert not ABSENT_FROM_PAGES & {name.partition(".")[0] for name in page.imported}


def test_cold_card_adds_only_drawing_packages(page: ColdStart, card: ColdStart) -> None:
    assert card.packages - page.packages == {"cython_runtime", "uharfbuzz"}


def test_a_cold_page_imports_no_more_of_ours_than_it_did(page: ColdStart) -> None:
    ours = {name for name in page.imported if name.split(".")[0] == "handler"}
    packages = {parent for name in ours for parent in [name.rpartition(".")[0]] if parent in ours}

    assert 0 < len(ours - packages) <= MAX_OWN_MODULES


def test_modules_of_pages_are_imported_at_start(page: ColdStart) -> None:
    """Lambda lends whole processors to a start, and a fraction of one to an answer."""
    late = {name for name in page.imported_to_answer if "template" not in name}

    assert len(late) <= 3, sorted(late)
