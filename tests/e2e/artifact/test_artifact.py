"""The built artefact in Lambda's own runtime, with its snapshot on a real S3 server."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from handler.adapters.storage.file_store import FileStore
from handler.bootstrap.refresh import local_snapshot_repository, markdown_renderer
from handler.domain.snapshot.decode import decode_whole
from handler.web.rendering.templates import COMPILED, file_name
from scripts.local_stack.lambda_emulator import LambdaEmulator
from scripts.local_stack.seaweed import SeaweedS3
from scripts.sample_data.load import load_sample
from tests.support.builders import HERMES, MemoryStore, record
from tests.support.constants import SITE_URL, TEMPLATES
from tests.support.external import real_part
from tests.support.http.answer import Answer, http_get, invoked
from tests.support.http.asgi import ask, create_app
from tests.support.http.lambda_events import http_event, scheduled_event
from tests.support.servers.bucket import Bucket, create_bucket
from tests.support.servers.serve_process import serving
from tests.support.servers.upstream import Upstream, gzipped_json

pytestmark = pytest.mark.e2e

HERMES_PATH = "/nousresearch/hermes-4-405b"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the bundled sample."""
    folder = tmp_path_factory.mktemp("store")
    load_sample(local_snapshot_repository(folder), markdown_renderer())
    return folder


@pytest.fixture(scope="module")
def bucket(seaweed: SeaweedS3, folder: Path) -> Bucket:
    """A bucket with the same bytes."""
    bucket = create_bucket(seaweed)
    bucket.store.put(FileStore(folder).read().body, None)
    return bucket


@pytest.fixture(scope="module")
def function(built: Path, lambda_python: Path, bucket: Bucket) -> Iterator[LambdaEmulator]:
    handler, rie = "handler.render.lambda_handler", real_part("BURGEE_RIE")
    with LambdaEmulator(built, handler, bucket.environment, rie, lambda_python) as running:
        yield running


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """The address of uvicorn, over the folder."""
    with serving("--store", folder, "--offline", environment={"SITE_URL": SITE_URL}) as (
        address,
        _,
    ):
        yield address


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        (HERMES_PATH, "GET", {}),
        (HERMES_PATH, "GET", {"accept-encoding": "gzip"}),
        (HERMES_PATH, "GET", {"range": "bytes=0-32767"}),
        (HERMES_PATH, "HEAD", {}),
        ("/nousresearch%2Fhermes-4-405b", "GET", {}),
        ("/models/NousResearch/Hermes-4-405B/", "GET", {}),
        ("/openrouter/auto", "GET", {}),
        ("/~anthropic/claude-opus-latest", "GET", {}),
        ("/google/gemini-2.5-pro", "GET", {}),
        ("/", "GET", {"accept-encoding": "gzip"}),
        ("/methodology", "GET", {}),
        ("/nousresearch/hermes-4", "GET", {}),
        ("/robots.txt", "GET", {}),
        ("/apple-touch-icon.png", "GET", {}),
        ("/api/models/nousresearch/hermes-4-405b", "GET", {}),
        ("/api/models", "HEAD", {}),
        ("/", "DELETE", {}),
    ],
    ids=str,
)
def test_artifact_uvicorn_and_asgi_answer_the_same_bytes(
    function: LambdaEmulator,
    site: str,
    folder: Path,
    path: str,
    method: str,
    headers: dict[str, str],
) -> None:
    event = http_event(path, method, headers)
    app = create_app(MemoryStore(FileStore(folder).read().body))

    from_lambda = invoked(function.invoke(event))

    assert from_lambda == http_get(site, path, method, headers)
    assert from_lambda == ask(app, event["rawPath"], method, headers)


def test_artifact_serves_the_requested_page(function: LambdaEmulator) -> None:
    text = invoked(function.invoke(http_event(HERMES_PATH))).text

    assert "<title>Nous: Hermes 4 405B</title>" in text
    assert f'<link rel="canonical" href="{SITE_URL}{HERMES_PATH}">' in text


MODULES = """
import sys
from handler.render import lambda_handler as answer


def lambda_handler(event, context):
    assert answer(event, context)["statusCode"] == 200
    return sorted({name.partition(".")[0] for name in sys.modules})
"""


def test_artifact_renders_without_heavy_packages(
    built: Path, lambda_python: Path, bucket: Bucket, tmp_path: Path
) -> None:
    (tmp_path / "spy.py").write_text(MODULES)
    environment = {**bucket.environment, "PYTHONPATH": str(built)}
    rie = real_part("BURGEE_RIE")

    with LambdaEmulator(tmp_path, "spy.lambda_handler", environment, rie, lambda_python) as spy:
        modules = set(spy.invoke(http_event(HERMES_PATH)))

    shipped = {path.name.removesuffix(".py") for path in built.iterdir()}
    assert modules & shipped == {"handler"}


def test_templates_ship_as_python(built: Path) -> None:
    rendered = [path for name in ("pages", "files") for path in (TEMPLATES / name).iterdir()]
    names = {file_name(path.relative_to(TEMPLATES).as_posix()) for path in rendered}
    bytecode = (built / "templates" / COMPILED / "__pycache__").glob("*.pyc")

    assert {f"{path.name.split('.')[0]}.py" for path in bytecode} == names
    assert not (built / "jinja2").exists()


def test_scheduled_refresh_updates_the_render_function(
    built: Path, lambda_python: Path, seaweed: SeaweedS3
) -> None:
    bucket, rie = create_bucket(seaweed), real_part("BURGEE_RIE")
    with Upstream(gzipped_json({"data": [HERMES, record("acme/one")]})) as upstream:
        environment = {
            **bucket.environment,
            "OPENROUTER_URL": upstream.url,
            "ARENA_URL": "off",
            "ENDPOINT_REQUESTS_PER_SECOND": "0",
        }
        with (
            LambdaEmulator(
                built, "handler.render.lambda_handler", environment, rie, lambda_python
            ) as render,
            LambdaEmulator(
                built, "handler.refresh.lambda_handler", environment, rie, lambda_python
            ) as refresh,
        ):
            before = invoked(render.invoke(http_event(HERMES_PATH)))
            found = refresh.invoke(scheduled_event())
            again = refresh.invoke(scheduled_event())
            after = _eventually_found(render)
            logged = [json.loads(line) for line in refresh.log.splitlines() if "{" in line[:1]]

    assert (before.status, before.headers["retry-after"]) == (503, "30")
    assert (found["models"], found["added"], again["added"]) == (2, 2, 0)
    stored = decode_whole(bucket.store.read().body)
    assert [entry.id for entry in stored.index] == [HERMES["id"], "acme/one"]
    assert after.status == 200
    assert [line["found"] for line in logged if "found" in line] == [found, again]


def _eventually_found(render: LambdaEmulator) -> Answer:
    """Return the page once there is one: an empty store is looked at every other second."""
    for _ in range(20):
        answer = invoked(render.invoke(http_event(HERMES_PATH)))
        if answer.status == 200:
            break
        time.sleep(0.5)
    return answer
