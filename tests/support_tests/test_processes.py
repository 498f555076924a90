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
    run_server,
)

# A server whose child has a process group of its own, like the Lambda emulator's.
SERVER = """
import os, socket, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], process_group=0)
print(child.pid, flush=True)
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
time.sleep(60)
"""


def test_free_ports_are_distinct_and_unused() -> None:
    ports = free_ports(20)

    assert len(set(ports)) == 20
    assert not any(map(accepts_connections, ports))


def test_stop_ends_child_processes_too(tmp_path: Path) -> None:
    port = free_port()
    with run_server(
        [sys.executable, "-c", SERVER, str(port)], port=port, log_file=tmp_path / "log"
    ) as server:
        child = int(server.log)
        assert server.is_running()

    assert not server.is_running()
    assert not accepts_connections(port)
    assert _ends(child)


def test_server_that_exits_reports_its_last_log_lines(tmp_path: Path) -> None:
    port = free_port()
    with (
        pytest.raises(ServerFailed, match=r"ended with 3 before port \d+ answered\nno such"),
        run_server(
            [sys.executable, "-c", "print('no such catalog'); raise SystemExit(3)"],
            port=port,
            log_file=tmp_path / "log",
        ),
    ):
        pass


def test_server_that_does_not_listen_in_time_is_stopped(tmp_path: Path) -> None:
    started = time.monotonic()
    with (
        pytest.raises(ServerFailed, match=r"did not answer within 0\.3 seconds"),
        run_server(
            [sys.executable, "-c", "import time; time.sleep(60)"],
            port=free_port(),
            log_file=tmp_path / "log",
            within_seconds=0.3,
        ),
    ):
        pass

    # The server itself would run for a minute.
    assert time.monotonic() - started < 30


def _ends(process_id: int) -> bool:
    """Return whether the process has ended, even if its new parent has not reaped it yet."""
    for _ in range(1_500):
        try:
            os.kill(process_id, 0)
        except ProcessLookupError:
            return True
        if "State:\tZ" in Path(f"/proc/{process_id}/status").read_text():
            return True
        time.sleep(0.02)
    return False
