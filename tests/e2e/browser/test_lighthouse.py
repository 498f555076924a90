"""Lighthouse's judgement of each kind of page, as on a phone: a hundred in everything it judges.

Pages that ask not to be indexed are not judged by how they are found.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.external import real_part
from tests.support.servers.browser import FLAGS
from tests.support.servers.serve_process import serving

pytestmark = pytest.mark.e2e

MODEL = "/google/gemini-2.5-pro"
INDEXED = ["/", MODEL, "/google", "/methodology", "/api"]
NOT_INDEXED = [
    f"{MODEL}/preview",
    "/compare?m=google/gemini-2.5-pro&m=openai/gpt-4o",
    "/?by=google&has=tools&price=0-5",
]
# On a busy machine a page waits for its turn, or Chromium gives up before it has loaded one.
TRIES = 5
LOAD_MS = 120_000


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving("--offline") as (address, _):
        yield address


class FailedRun(Exception):
    """Lighthouse could not judge a page; the message is what it printed."""


def scores(url: str, report: Path) -> dict[str, int]:
    """Return the score of each category, from 0 to 100; raise FailedRun where there is none."""
    command = ["node", str(real_part("BURGEE_LIGHTHOUSE")), url, "--quiet", "--output=json"]
    options = [f"--output-path={report}", f"--max-wait-for-load={LOAD_MS}"]
    run = subprocess.run(
        [*command, *options, f"--chrome-flags={FLAGS}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        env={**os.environ, "CHROME_PATH": str(real_part("BURGEE_CHROMIUM"))},
    )
    if run.returncode:
        raise FailedRun(f"{url}, exit code {run.returncode}: {run.stdout.strip()}")
    judged: dict[str, Any] = json.loads(report.read_text("utf-8"))["categories"]
    return {name: round(100 * category["score"]) for name, category in judged.items()}


def best_scores(url: str, report: Path, wanted: dict[str, int]) -> dict[str, int]:
    """Return the best score of each category of as many tries as it takes, TRIES at most.

    A try in which Lighthouse fails scores nothing; FailedRun is raised where every try failed.
    """
    best: dict[str, int] = {}
    failures: list[FailedRun] = []
    for _ in range(TRIES):
        try:
            judged = scores(url, report)
        except FailedRun as failure:
            failures.append(failure)
            continue
        best = {name: max(score, best.get(name, 0)) for name, score in judged.items()}
        if all(best[name] >= score for name, score in wanted.items()):
            break
    if not best:
        raise ExceptionGroup("Lighthouse failed in every try", failures)
    return {name: best[name] for name in wanted}


@pytest.mark.parametrize("path", [*INDEXED, *NOT_INDEXED])
def test_a_page_is_as_good_as_can_be(address: str, path: str, tmp_path: Path) -> None:
    categories = ["performance", "accessibility", "best-practices"]
    wanted = dict.fromkeys([*categories, "seo"] if path in INDEXED else categories, 100)

    assert best_scores(address + path, tmp_path / "report.json", wanted) == wanted
