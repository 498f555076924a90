"""The time and memory of a refresh from an upstream that never ends, in its own process."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.constants import PROJECT
from tests.support.servers.upstream import (
    Behaviour,
    Upstream,
    answers,
    drip,
    gzip_bomb,
    huge,
    huge_closed_body,
    json_body,
    redirect,
)

pytestmark = pytest.mark.e2e

GIGABYTE = 1_000_000_000
# a quarter of what template.yaml gives the function
MAX_MEGABYTES = 256
MAX_SECONDS = 90

PROGRAM = """
import json, re, sys
from datetime import UTC, datetime
from handler.adapters.http.retry import RetryPolicy
from handler.adapters.openrouter.models import OpenRouterModelList
from pathlib import Path
from handler.bootstrap.refresh import local_snapshot_repository, markdown_renderer
from handler.domain.errors import BurgeeError
from handler.domain.ingest.sanity_checks import SanityLimits
from handler.services.refresh import run_scheduled_refresh
from handler.services.sources import Sources
source = OpenRouterModelList(sys.argv[1], RetryPolicy(total_seconds=5))
try:
    repository = local_snapshot_repository(Path(sys.argv[2]))
    run_scheduled_refresh(Sources(source), repository, markdown_renderer(), datetime.now(UTC),
                          SanityLimits(), lambda step: None)
    failure = ""
except BurgeeError as error:
    failure = str(error)
# getrusage would include the peak of the process that this one was forked from.
peak = int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps({"megabytes": peak, "failure": failure}))
"""


def text_record(length: int) -> bytes:
    return json.dumps([{"id": "acme/one", "x": "x" * length + "😀"}], ensure_ascii=False).encode()


ENDLESS_PAGE = {"data": [{"id": "acme/one", "x": "x" * 9_000_000}], "links": {"next": "/2"}}

# Functions, because some bodies are large.
ENDLESS: dict[str, Callable[[], Behaviour]] = {
    "a gigabyte": lambda: huge(GIGABYTE),
    "a gigabyte without a length": lambda: huge_closed_body(GIGABYTE),
    "a gigabyte in gzip": lambda: gzip_bomb(GIGABYTE),
    "100,000 nested lists": lambda: answers(200, b"[" * 100_000 + b"]" * 100_000),
    "20 million empty lists": lambda: answers(200, b"[" + b"[]," * 20_000_000 + b"[]]"),
    "60 MB of one text": lambda: answers(200, text_record(60_000_000)),
    "a million numbers": lambda: answers(200, b"[" + b"1," * 1_900_000 + b"1]"),
    "half a million objects": lambda: answers(200, b"[" + b'{"a":{}},' * 600_000 + b"{}]"),
    "redirects": lambda: redirect("/models"),
    "pages": lambda: json_body(ENDLESS_PAGE),
    "a drip": lambda: drip(0.05),
}


@pytest.mark.promise("P14", "upstreams without an end")
@pytest.mark.parametrize("behaviour", ENDLESS.values(), ids=ENDLESS)
def test_a_refresh_ends_in_bounded_time_and_memory(
    behaviour: Callable[[], Behaviour], tmp_path: Path
) -> None:
    with Upstream(behaviour()) as server:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, f"{server.url}/models", str(tmp_path)],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            timeout=MAX_SECONDS,
        )

    assert done.returncode == 0, done.stderr[-2_000:]
    figures = json.loads(done.stdout)
    print(figures)
    assert figures["failure"]
    assert figures["megabytes"] < MAX_MEGABYTES
