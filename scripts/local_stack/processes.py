"""Server processes: each is stopped by its own id, whatever else this machine runs."""

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

# Below the range that the system hands to outgoing connections: a server's own first
# connections could otherwise take a port that it has yet to listen on.
_PORTS = range(20_000, 32_000)
_POLL_SECONDS = 0.02
_LAST_LINES = 15


class ServerFailed(Exception):
    """A server did not start; the message ends with the last lines of its log."""


class ServerProcess:
    """A running server: its process id, and what it has logged so far."""

    def __init__(self, process: subprocess.Popen[bytes], log_file: Path) -> None:
        self._process = process
        self._log_file = log_file

    @property
    def pid(self) -> int:
        """The id of the process that was started, which leads all that it starts."""
        return self._process.pid

    @property
    def log(self) -> str:
        """Everything the server wrote to its standard output and error."""
        return self._log_file.read_text(errors="replace")

    def is_running(self) -> bool:
        """Return whether the process has not ended."""
        return self._process.poll() is None

    def failed(self, what: str) -> ServerFailed:
        """Return an error that says what failed, and what the log said last."""
        lines = self.log.splitlines()[-_LAST_LINES:]
        return ServerFailed("\n".join([what, *lines]))

    def wait_for_port(self, port: int, within_seconds: float) -> None:
        """Return once the port accepts connections; raise ServerFailed if it does not in time."""
        deadline = time.monotonic() + within_seconds
        while not accepts_connections(port):
            if not self.is_running():
                code = self._process.returncode
                raise self.failed(f"the process ended with {code} before port {port} answered")
            if time.monotonic() > deadline:
                raise self.failed(f"port {port} did not answer within {within_seconds} seconds")
            time.sleep(_POLL_SECONDS)

    def stop(self) -> None:
        """Kill the process and all it started; return when it is gone."""
        self._process.poll()
        for member in self._session():
            with suppress(ProcessLookupError):
                os.kill(member, signal.SIGKILL)
        self._process.wait()

    def _session(self) -> Iterator[int]:
        """Yield the leader first, so that it cannot replace the others as they end."""
        if self._process.returncode is None:
            yield self.pid
        for entry in Path("/proc").glob("[0-9]*"):
            member = int(entry.name)
            if member != self.pid and _session_of(member) == self.pid:
                yield member


@contextmanager
def running(
    command: Sequence[str | Path],
    *,
    port: int,
    log_file: Path,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    within_seconds: float = 20.0,
) -> Iterator[ServerProcess]:
    """Run a server until the block ends, entering it once the port answers.

    The environment is the whole of the server's; None hands on this process's own.
    """
    # A session of its own marks all that the server starts, even in process groups of their own.
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
    """Return distinct ports of the loopback address that nothing listens on."""
    ports = random.sample(_PORTS, k=len(_PORTS))
    free = (port for port in ports if _is_free(port))
    return [next(free) for _ in range(count)]


def free_port() -> int:
    """Return a port of the loopback address that nothing listens on."""
    return free_ports(1)[0]


def accepts_connections(port: int) -> bool:
    """Return whether a connection to the port of the loopback address is accepted."""
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
