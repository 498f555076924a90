"""The site as scripts/serve runs it, on a free port of this machine."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.local_stack.processes import LOOPBACK, ServerProcess, free_port, run_server
from tests.support.constants import PROJECT


@contextmanager
def serving(
    *arguments: str | Path, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[str, ServerProcess]]:
    """Run scripts/serve with these arguments, and yield its address and process.

    In the environment of the tests, which holds that of the command.
    """
    port = free_port()
    command = [sys.executable, "-P", "-m", "scripts.commands.serve", "--port", str(port)]
    with (
        TemporaryDirectory(prefix="serving-") as folder,
        run_server(
            [*command, *arguments],
            port=port,
            log_file=Path(folder) / "log",
            environment={**os.environ, "PYTHONPATH": str(PROJECT), **(environment or {})},
            folder=PROJECT,
        ) as server,
    ):
        yield f"http://{LOOPBACK}:{port}", server
