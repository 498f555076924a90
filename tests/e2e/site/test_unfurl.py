"""scripts/unfurl over real connections: our own pages, and servers that misbehave."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.local_stack.processes import free_port
from tests.support.constants import PROJECT
from tests.support.servers.serve_process import serving
from tests.support.servers.upstream import (
    Behaviour,
    Upstream,
    after,
    drip,
    html,
    huge,
    nothing,
    refuses,
)

pytestmark = pytest.mark.e2e

PAGE = html("<head><title>One</title><meta name=description content='A page.'></head>")


def unfurled(*arguments: str) -> tuple[int, str]:
    """Return how the command ends, and all that it prints."""
    command = [sys.executable, "-P", "-m", "scripts.commands.unfurl", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "COLUMNS": "120"}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    return ran.returncode, ran.stdout + ran.stderr


def test_every_platform_shows_our_own_page_whole(tmp_path: Path) -> None:
    with serving("--store", tmp_path, "--offline") as (address, _):
        status, printed = unfurled(f"{address}/nousresearch/hermes-4-405b")

    assert (status, printed.splitlines()[-1]) == (0, "20 platforms: nothing breaks.")
    assert "\x1b" not in printed


def test_a_late_page_is_waited_for_to_say_how_late_it_is() -> None:
    with Upstream(after(3.5, PAGE)) as late:
        status, printed = unfurled(late.url, "--only", "slack", "--only", "discord")

    assert status == 1
    # How much later than 3.5 depends on the machine.
    assert re.search(r"  ! The page took \d+\.\d seconds, Slack waits 3\.", printed)
    assert printed.endswith("2 platforms: 1 problem, on Slack.\n")


@pytest.mark.parametrize("behaviour", [nothing(), refuses()], ids=["silence", "a reset"])
def test_a_server_that_does_not_answer_ends_with_1(behaviour: Behaviour) -> None:
    with Upstream(behaviour) as silent:
        status, printed = unfurled(silent.url, "--only", "slack")

    assert (status, printed.partition(": GET")[0]) == (1, "Cannot unfurl: Nothing answers")


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(drip(0.05), id="a drip, until it is late"),
        pytest.param(huge(1_000_000_000_000), id="a flood, as far as its window"),
    ],
)
def test_a_page_without_end_is_left(behaviour: Behaviour) -> None:
    with Upstream(behaviour) as endless:
        status, printed = unfurled(endless.url, "--only", "slack")

    assert status == 1
    assert "Slack reads HTML only" in printed


def test_closed_port_ends_with_1() -> None:
    status, printed = unfurled(url := f"http://127.0.0.1:{free_port()}/")

    assert status == 1
    assert f"Nothing answers: GET {url}: " in printed
