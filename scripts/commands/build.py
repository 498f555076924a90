"""Builds what is deployed, by `sam build`, and says how large it is and by what hash to know it."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.lib.tools import ROOT, install, is_available
from scripts.local_stack.build_artifact import digest, size

BUILT = ROOT / ".aws-sam" / "build"
# AWS Lambda's limit of a function's code, unpacked.
_MOST_BYTES = 250 * 1024 * 1024
_MEGABYTE = 1_000_000


def main(arguments: Sequence[str]) -> int:
    """Return SAM's exit status, or 1 where the result is too large for Lambda."""
    parser = argparse.ArgumentParser(
        prog="scripts/build",
        usage="%(prog)s [-- sam build argument ...]",
        description=__doc__,
        epilog="Two builds of one commit have one hash: paths, modes and contents, not dates.",
    )
    parser.add_argument("sam", nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    command = sam_command()
    if not command:
        print("Cannot build: SAM CLI is not there, and could not be installed", file=sys.stderr)
        return 1
    status = subprocess.run([command, "build", *options.sam], cwd=ROOT, env=os.environ).returncode
    if status:
        return status
    print(*report(BUILT), sep="\n")
    return int(any(size(folder) > _MOST_BYTES for folder in functions(BUILT)))


def sam_command() -> str:
    """Return the SAM CLI on the search path, else our own, installed where it is missing."""
    if is_available("sam"):
        return "sam"
    python = install("environment", "sam", "tests/requirements-sam.txt")
    return str(Path(python).with_name("sam")) if python else ""


def functions(built: Path) -> list[Path]:
    """Return the folder of each function that was built."""
    return sorted(path for path in built.iterdir() if path.is_dir())


def report(built: Path) -> Iterator[str]:
    """Yield a line for each function: its name, its size unpacked, its hash."""
    for folder in functions(built):
        megabytes = size(folder) / _MEGABYTE
        yield f"{folder.name}: {megabytes:.1f} MB unpacked, sha256 {digest(folder)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
