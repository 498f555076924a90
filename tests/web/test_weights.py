"""Weights of pages: a page of the first round trip is about 14 kB compressed.

Measured as browsers receive them, gzip, with the bundled sample; all assets are inlined.
"""

import json

import pytest

from handler.adapters.storage.file_store import FileStore
from handler.asgi import AsgiApp
from handler.bootstrap.refresh import local_snapshot_repository, markdown_renderer
from handler.web.http.headers import HTML
from scripts.sample_data.load import load_sample
from tests.support.builders import MemoryStore
from tests.support.constants import PROJECT
from tests.support.http.asgi import ask, create_app

KB = 1_000
MAX_PAGE = 14 * KB
MAX_EXPLORER = 24 * KB
MAX_SCRIPTS = 8 * KB
FIVE = (
    "google/gemini-2.5-pro",
    "openai/gpt-4o",
    "anthropic/claude-sonnet-4.5",
    "deepseek/deepseek-r1",
    "meta-llama/llama-3.3-70b-instruct",
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> AsgiApp:
    folder = tmp_path_factory.mktemp("sample")
    load_sample(local_snapshot_repository(folder), markdown_renderer())
    return create_app(MemoryStore(FileStore(folder).read().body))


def weight(app: AsgiApp, path: str, query: str = "") -> int:
    """Return the bytes of a page as it is sent, compressed."""
    answer = ask(app, path, headers={"accept-encoding": "gzip"}, query=query)
    assert (answer.status, answer.headers["content-type"]) == (200, HTML)
    assert answer.headers["content-encoding"] == "gzip"
    return len(answer.body)


def model_paths(app: AsgiApp) -> list[str]:
    """Return the path of each model of the sample, withdrawn ones too."""
    listed = json.loads(ask(app, "/api/models", query="limit=1000").body)["models"]
    return [f"/{one['id']}" for one in listed]


def test_every_models_page_weighs_at_most_14_kb(app: AsgiApp) -> None:
    paths = model_paths(app)
    weights = {path: weight(app, path) for path in paths}

    assert len(paths) > 500
    assert {path: found for path, found in weights.items() if found > MAX_PAGE} == {}


@pytest.mark.parametrize("query", ["", "page=2", "sort=input", "by=openai&has=tools"])
def test_the_explorer_weighs_at_most_24_kb(app: AsgiApp, query: str) -> None:
    assert weight(app, "/", query) <= MAX_EXPLORER


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/compare", ""),
        ("/compare", f"m={FIVE[0]}&in=10M&out=2M&cached=50"),
        ("/compare", "&".join(f"m={one}" for one in FIVE)),
        ("/changes", ""),
        ("/changes", "period=all"),
        ("/methodology", ""),
        ("/api", ""),
        ("/openai", ""),
        (f"/{FIVE[0]}/preview", ""),
    ],
)
def test_other_pages_weigh_at_most_14_kb(app: AsgiApp, path: str, query: str) -> None:
    assert weight(app, path, query) <= MAX_PAGE


def test_all_scripts_together_weigh_at_most_8_kb() -> None:
    scripts = list((PROJECT / "templates" / "assets").glob("*.js"))

    assert sum(script.stat().st_size for script in scripts) <= MAX_SCRIPTS
