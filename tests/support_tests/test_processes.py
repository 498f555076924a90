import os
import sys
import time
from pathlib import Path

import pytest

from scripts.local_stack.processes import (
    ServerFailed,
    accepts_connections,
    free_port,
    free_ports,
    running,
)

# A server whose child is in a process group of its own, as the Lambda emulator's is.
SERVER = """
import os, socket, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], process_group=0)
print(child.pid, flush=True)
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
time.sleep(60)
"""


def test_free_ports_are_distinct_and_answer_nobody() -> None:
    ports = free_ports(20)

    assert len(set(ports)) == 20
    assert not any(map(accepts_connections, ports))


def test_stopping_a_server_ends_all_that_it_started(tmp_path: Path) -> None:
    port = free_port()
    with running(
        [sys.executable, "-c", SERVER, str(port)], port=port, log_file=tmp_path / "log"
    ) as server:
        child = int(server.log)
        assert server.is_running()

    assert not server.is_running()
    assert not accepts_connections(port)
    assert _ends(child)


def test_a_server_that_ends_says_what_it_logged_last(tmp_path: Path) -> None:
    port = free_port()
    with (
        pytest.raises(ServerFailed, match=r"ended with 3 before port \d+ answered\nno such"),
        running(
            [sys.executable, "-c", "print('no such catalog'); raise SystemExit(3)"],
            port=port,
            log_file=tmp_path / "log",
        ),
    ):
        pass


def test_a_server_that_does_not_answer_in_time_is_stopped(tmp_path: Path) -> None:
    started = time.monotonic()
    with (
        pytest.raises(ServerFailed, match=r"did not answer within 0\.3 seconds"),
        running(
            [sys.executable, "-c", "import time; time.sleep(60)"],
            port=free_port(),
            log_file=tmp_path / "log",
            within_seconds=0.3,
        ),
    ):
        pass

    assert time.monotonic() - started < 5


def _ends(process_id: int) -> bool:
    """Return whether the process is gone, or a zombie that its new parent has yet to bury."""
    for _ in range(100):
        try:
            os.kill(process_id, 0)
        except ProcessLookupError:
            return True
        if "State:\tZ" in Path(f"/proc/{process_id}/status").read_text():
            return True
        time.sleep(0.02)
    return False
