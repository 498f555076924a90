"""A refresh of the newest catalog with all endpoints, in its own process."""

import json
import subprocess
import sys
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from handler.bootstrap.refresh import local_snapshot_repository
from scripts.sample_data.load import newest_records
from tests.support.constants import PROJECT
from tests.support.servers.upstream import Behaviour, Request, Upstream, chosen, json_body, status

pytestmark = pytest.mark.e2e

CALLS = 450
# The first requests wait for one another: a refresh that made one at a time would end here.
AT_ONCE = Barrier(2, timeout=60)
ENDPOINT_REQUESTS = count()
MAX_MEGABYTES = 300

# Prints the peak memory of the process in MB.
PROGRAM = """
import json, pathlib, re, sys
from scripts.commands.refresh import main
status = main(["--store", sys.argv[1]])
# getrusage would include the peak of the process that this one was forked from.
peak = int(re.search(r"VmHWM:\\s*(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps({"megabytes": peak}))
sys.exit(status)
"""


def newest_list() -> dict[str, Any]:
    own = [raw for raw in newest_records() if not raw["id"].startswith("~")]
    return {"data": own[:CALLS]}


def respond(request: Request) -> Behaviour:
    """Answer the list, and requests for endpoints once two of them are waiting."""
    if request.path.startswith("/models?"):
        return json_body(newest_list())
    if not request.path.endswith("/endpoints"):
        return status(404)
    endpoints = [{"provider_name": f"Provider {n}", "pricing": {"prompt": "1"}} for n in range(3)]
    if next(ENDPOINT_REQUESTS) < AT_ONCE.parties:
        AT_ONCE.wait()
    return json_body({"data": {"endpoints": endpoints}})


def run_refresh(store: Path, environment: Mapping[str, str]) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(store)],
        cwd=PROJECT,
        env={"PATH": "", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def test_a_full_refresh_has_bounded_memory(tmp_path: Path) -> None:
    with Upstream(chosen(respond)) as upstream:
        environment = {
            "OPENROUTER_URL": upstream.url,
            "ARENA_URL": "off",
            "ENDPOINT_REQUESTS_PER_SECOND": "10000",
        }
        figures = run_refresh(tmp_path, environment)
        calls = [r.path for r in upstream.requests if r.path.endswith("/endpoints")]

    print(f"{len(calls)} calls: {figures}")
    assert len(set(calls)) == CALLS
    endpoints = [
        profile.endpoint_data for profile in local_snapshot_repository(tmp_path).load().profiles
    ]
    assert [len(data.records) for data in endpoints if data] == [3] * CALLS
    assert figures["megabytes"] < MAX_MEGABYTES
