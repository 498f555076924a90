"""The peak memory of refreshes with 256 MB, each in its own process, for the largest lists."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.constants import PROJECT
from tests.support.servers.upstream import Upstream, answers

pytestmark = pytest.mark.e2e

MAX_MEGABYTES = 256

PROGRAM = """
import json, re, sys, time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from handler.adapters.storage.file_archive import FileArchive
from handler.adapters.storage.file_store import FileStore
from handler.adapters.storage.s3_boto3 import s3_client
from handler.adapters.storage.s3_location import S3Location
from handler.bootstrap.memory_limits import snapshot_limits
from handler.bootstrap.refresh import markdown_renderer, model_list_source
from handler.domain.errors import BurgeeError
from handler.domain.ingest.sanity_checks import SanityLimits
from handler.services.refresh import Sources, run_scheduled_refresh
from handler.services.snapshot_repository import SnapshotRepository
from handler.settings import Settings
s3_client(S3Location.parse("s3://bucket/catalog", "eu-central-1", None))
memory = {"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256"}
settings = Settings.from_env({"BURGEE_STORE": sys.argv[2], **memory})
store, archive = FileStore(Path(sys.argv[2])), FileArchive(Path(sys.argv[2]) / "raw")
repository = SnapshotRepository(
    store, archive, time.sleep, lambda: str(time.time_ns()), snapshot_limits(settings)
)
source = model_list_source(sys.argv[1], settings)
moment = datetime(2026, 8, 1, tzinfo=UTC) + timedelta(minutes=int(sys.argv[3]))
failure = ""
try:
    run_scheduled_refresh(
        Sources(source), repository, markdown_renderer(), moment, SanityLimits(), lambda step: None
    )
except BurgeeError as error:
    failure = type(error).__name__
# getrusage would include the peak of the process that this one was forked from.
peak = int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps({"megabytes": peak, "seconds": time.process_time(), "failure": failure}))
"""


def _record(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": f"acme/m{number}", "pricing": {"prompt": "0", "completion": "0"}, **fields}


def _objects(number: int, mark: str) -> list[Any]:
    """Return 980 objects, nested by fifty, with other keys in each record."""
    chains: list[Any] = []
    for chain in range(19):
        value: Any = 1
        for depth in range(50):
            value = {f"{mark}{depth:x}{(number + chain) % 16:x}": value}
        chains.append(value)
    return chains


def _pairs(number: int, mark: str) -> dict[str, str]:
    return {f"{mark}{number}k{n}": f"{mark}{n}v{number}" for n in range(980)}


def _wide(number: int, mark: str) -> str:
    return f"{mark}{number} {'x' * 60_000}\U0001f600"


Make = Callable[[int, str], dict[str, Any]]
# For each refresh the marks of its texts, and the numbers of its models.
Lists = tuple[tuple[str, range], ...]

THREE: Callable[[int, int], Lists] = lambda count, shift: (  # noqa: E731 - a table
    ("a", range(count)),
    ("a", range(shift, shift + count)),
    ("b", range(shift, shift + count)),
)
CASES: dict[str, tuple[Make, Lists, list[str]]] = {
    "nested objects": (
        lambda n, mark: _record(n, x=_objects(n, mark)),
        THREE(290, 110),
        ["", "", ""],
    ),
    "pairs of texts": (
        lambda n, mark: _record(n, x=_pairs(n, mark)),
        THREE(380, 150),
        ["", "", ""],
    ),
    "wide texts": (lambda n, mark: _record(n, x=_wide(n, mark)), THREE(130, 50), ["", "", ""]),
    "a thousand records of 990 values": (
        lambda n, mark: _record(n, x=_objects(n, mark)),
        (("a", range(1_000)),),
        ["SourceTooLarge"],
    ),
    "32 MB of one text": (
        lambda n, mark: _record(n, x=_wide(n, mark) * 500),
        (("a", range(1)),),
        ["SourceTooLarge"],
    ),
}


def _refresh(records: list[Any], folder: Path, minutes: int) -> dict[str, Any]:
    body = json.dumps(records, ensure_ascii=False, separators=(",", ":")).encode()
    with Upstream(answers(200, body)) as server:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, f"{server.url}/models", str(folder), str(minutes)],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert done.returncode == 0, done.stderr[-2_000:]
    figures: dict[str, Any] = json.loads(done.stdout)
    print(f"{len(body):,} bytes:", figures)
    return figures


def _run(make: Make, lists: Lists, folder: Path) -> Iterator[dict[str, Any]]:
    for number, (mark, models) in enumerate(lists):
        yield _refresh([make(n, mark) for n in models], folder, 15 * number)


@pytest.mark.promise("P14", "largest lists that a refresh of 256 MB accepts, or refuses")
@pytest.mark.parametrize(("make", "lists", "failures"), CASES.values(), ids=CASES)
def test_a_refresh_takes_no_more_than_256_megabytes(
    make: Make, lists: Lists, failures: list[str], tmp_path: Path
) -> None:
    figures = list(_run(make, lists, tmp_path))

    assert max(each["megabytes"] for each in figures) < MAX_MEGABYTES
    assert max(each["seconds"] for each in figures) < 60
    assert [each["failure"] for each in figures] == failures
