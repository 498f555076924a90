"""What was measured on: the sort of machine, and no more of it than that."""

import os
import platform
import subprocess
from pathlib import Path


def machine(python: Path) -> str:
    """Return a sentence on the processor, the system and the interpreters."""
    node = _said("node", "--version")
    parts = [
        f"{_processor()}, {len(os.sched_getaffinity(0))} cores",
        f"{platform.system()} {platform.release().partition('-')[0]}",
        _said(str(python), "--version"),
        f"Node.js {node.removeprefix('v')}" if node else "",
    ]
    return ", ".join(filter(None, parts))


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def _said(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
