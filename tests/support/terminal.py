"""Programs in a pseudo-terminal, with every question answered by Return."""

import os
import pty
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

_PROMPT = ": "


def run_with_empty_answers(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str]
) -> tuple[int, str]:
    """Return the exit status and everything that the program wrote, questions included."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=environment
    ) as process:
        os.close(theirs)
        written = _answer(ours)
    os.close(ours)
    return process.returncode, written.replace("\r\n", "\n")


def _answer(terminal: int) -> str:
    written = ""
    while chunk := _read(terminal):
        written += chunk.decode(errors="replace")
        if written.endswith(_PROMPT):
            os.write(terminal, b"\n")
    return written


def _read(terminal: int) -> bytes:
    """Return what was written, b"" at the end, which Linux reports as an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
