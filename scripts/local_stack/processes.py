"""Server processes, each started and stopped by its own process id."""

import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

LOOPBACK = "127.0.0.1"

# Below the range of ephemeral ports: otherwise an outgoing connection of the server itself could
# take a port before the server listens on it.
_PORTS = range(20_000, 32_000)
_POLL_SECONDS = 0.02
_MAX_LOG_LINES = 15


class ServerFailed(Exception):
    """A server failed to start; the message ends with the last lines of its log."""


class ServerProcess:
    """A running server: its process id and its log."""

    def __init__(self, process: subprocess.Popen[bytes], log_file: Path) -> None:
        self._process = process
        self._log_file = log_file

    @property
    def pid(self) -> int:
        """The id of the server's process, which leads a session of its own."""
        return self._process.pid

    @property
    def log(self) -> str:
        """The server's standard output and error so far."""
        return self._log_file.read_text(errors="replace")

    def is_running(self) -> bool:
        """Return whether the process is still running."""
        return self._process.poll() is None

    def failure(self, reason: str) -> ServerFailed:
        """Return an error with the reason and the last lines of the log."""
        lines = self.log.splitlines()[-_MAX_LOG_LINES:]
        return ServerFailed("\n".join([reason, *lines]))

    def wait_for_port(self, port: int, within_seconds: float) -> None:
        """Return once the port accepts connections. Raises ServerFailed if it does not in time."""
        deadline = time.monotonic() + within_seconds
        while not accepts_connections(port):
            if not self.is_running():
                code = self._process.returncode
                raise self.failure(f"the process ended with {code} before port {port} answered")
            if time.monotonic() > deadline:
                raise self.failure(f"port {port} did not answer within {within_seconds} seconds")
            time.sleep(_POLL_SECONDS)

    def stop(self) -> None:
        """Kill the process and everything it started, and wait until it has ended."""
        self._process.poll()
        for member in self._session():
            with suppress(ProcessLookupError):
                os.kill(member, signal.SIGKILL)
        self._process.wait()

    def _session(self) -> Iterator[int]:
        """Yield the processes of the session: the leader first, so that it restarts no other."""
        if self._process.returncode is None:
            yield self.pid
        for entry in Path("/proc").glob("[0-9]*"):
            member = int(entry.name)
            if member != self.pid and _session_of(member) == self.pid:
                yield member


@contextmanager
def run_server(
    command: Sequence[str | Path],
    *,
    port: int,
    log_file: Path,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    within_seconds: float = 20.0,
) -> Iterator[ServerProcess]:
    """Run a server until the block ends; the block starts once the port accepts connections.

    `environment` replaces this process's environment; None inherits it.
    """
    # A session of its own identifies everything that the server starts, in any process group.
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=folder,
            start_new_session=True,
        )
    server = ServerProcess(process, log_file)
    try:
        server.wait_for_port(port, within_seconds)
        yield server
    finally:
        server.stop()


def free_ports(count: int) -> list[int]:
    """Return distinct unused ports of the loopback address."""
    ports = random.sample(_PORTS, k=len(_PORTS))
    free = (port for port in ports if _is_free(port))
    return [next(free) for _ in range(count)]


def free_port() -> int:
    """Return an unused port of the loopback address."""
    return free_ports(1)[0]


def accepts_connections(port: int) -> bool:
    """Return whether a server accepts connections on a port of the loopback address."""
    try:
        socket.create_connection((LOOPBACK, port), timeout=1).close()
    except OSError:
        return False
    return True


def _is_free(port: int) -> bool:
    with closing(socket.socket()) as candidate:
        try:
            candidate.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def _session_of(process_id: int) -> int | None:
    try:
        return os.getsid(process_id)
    except ProcessLookupError:
        return None
