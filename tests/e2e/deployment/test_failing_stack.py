"""What a crawler gets within its four seconds while the API is throttled or the function hangs."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scripts.local_stack.distribution import Throttle, read_completion_seconds
from scripts.local_stack.lambda_emulator import LambdaEmulator
from scripts.local_stack.nginx import Cdn, cdn
from scripts.local_stack.processes import free_port
from scripts.local_stack.stack import api_gateway
from tests.support.external import real_part
from tests.support.http.answer import Answer, http_get

pytestmark = pytest.mark.e2e

# Pages that caches have to fetch again after a second, and one that never comes.
FUNCTION = """
import time

def lambda_handler(event, context):
    if event["rawPath"] == "/hanging" or HANGS.exists():
        time.sleep(30)
    headers = {"cache-control": "s-maxage=1, stale-while-revalidate=1, stale-if-error=604800"}
    return {"statusCode": 200, "headers": headers, "body": "a page"}
"""
# A page at the edge of the time: a busy machine is given as much again.
MAX_SECONDS = 2 * read_completion_seconds()


@contextmanager
def site(folder: Path, lambda_python: Path, throttle: Throttle | None = None) -> Iterator[Cdn]:
    """Run a function that hangs once there is a file named `hangs`, its API and the CDN."""
    source = FUNCTION.replace("HANGS", f"__import__('pathlib').Path({str(folder / 'hangs')!r})")
    (folder / "function.py").write_text(source)
    sam_python = real_part("BURGEE_SAM").with_name("python")
    emulator, nginx = real_part("BURGEE_RIE"), real_part("BURGEE_NGINX")
    with (
        LambdaEmulator(folder, "function.lambda_handler", {}, emulator, lambda_python) as function,
        api_gateway(sam_python, function, free_port(), throttle) as api,
        cdn(api, nginx, read_seconds=read_completion_seconds()) as front,
    ):
        yield front


def timed(front: Cdn, path: str) -> tuple[Answer, float]:
    started = time.monotonic()
    answer = http_get(front.url, path)
    return answer, time.monotonic() - started


def test_throttled_requests_get_429_and_known_pages_stay(
    tmp_path: Path, lambda_python: Path
) -> None:
    with site(tmp_path, lambda_python, Throttle(rate=0.001, burst=2)) as front:
        let_through = [http_get(front.url, path).status for path in ("/one", "/two")]
        known, _ = timed(front, "/two")
        refused, seconds = timed(front, "/three")

    assert (let_through, known.body) == ([200, 200], b"a page")
    assert (refused.status, refused.text.strip()) == (429, '{"message":"Too Many Requests"}')
    assert "cache-control" not in refused.headers
    assert seconds < MAX_SECONDS


def test_hanging_function_means_an_old_page_or_504_in_time(
    tmp_path: Path, lambda_python: Path
) -> None:
    with site(tmp_path, lambda_python) as front:
        before = http_get(front.url, "/known")
        (tmp_path / "hangs").touch()
        time.sleep(2.1)
        old, waited = timed(front, "/known")
        unknown, waited_for_nothing = timed(front, "/unknown")

    assert (old.status, old.body) == (before.status, before.body) == (200, b"a page")
    assert unknown.status == 504
    assert max(waited, waited_for_nothing) < MAX_SECONDS
