"""The kind of machine that a benchmark ran on, without anything that identifies it."""

import os
import platform
import subprocess
from pathlib import Path


def describe_machine(python: Path) -> str:
    """Return the processor, the system and the interpreters, separated by commas."""
    node = _version("node")
    parts = [
        f"{_processor()}, {len(os.sched_getaffinity(0))} cores",
        f"{platform.system()} {platform.release().partition('-')[0]}",
        _version(str(python)),
        f"Node.js {node.removeprefix('v')}" if node else "",
    ]
    return ", ".join(filter(None, parts))


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def _version(program: str) -> str:
    command = [program, "--version"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
