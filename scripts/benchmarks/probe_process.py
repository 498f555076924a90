"""A probe that stays running: it reads a line of JSON, and answers with a line of JSON."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scripts.benchmarks.results import NotMeasured


class ProbeProcess:
    """A running probe."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, request: object) -> Any:
        """Send a JSON value to the probe, and return its answer."""
        assert self._process.stdin  # noqa: S101 - both are pipes
        assert self._process.stdout  # noqa: S101
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise NotMeasured("a probe ended early: its error is above")
        return json.loads(line)


@contextmanager
def run_probe(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[ProbeProcess]:
    """Run a probe in a folder until the block ends."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        yield ProbeProcess(process)
