"""Builds the artifact with `sam build`, and prints its size and hash."""

import argparse
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.aws.sam import sam_command
from scripts.lib.command_line import FAILED, create_parser, run
from scripts.lib.paths import ROOT
from scripts.local_stack.build_artifact import digest, size

BUILD_FOLDER = ROOT / ".aws-sam" / "build"
# AWS Lambda's limit for the unpacked code of a function.
_MAX_BYTES = 250 * 1024 * 1024
_MEGABYTE = 1_000_000
# As in samconfig.yaml, which SAM does not read once it has saved a samconfig.toml.
_SETTINGS = ("--build-in-source", "--parallel")


def main(arguments: Sequence[str]) -> int:
    """Return the exit status: 1 if SAM failed, or the artifact is too large for Lambda."""
    parser = create_parser(
        "build",
        __doc__,
        usage="%(prog)s [-- sam build argument ...]",
        epilog="The hash covers paths, modes and contents, not dates: two builds of one commit "
        "have the same.",
    )
    parser.add_argument("sam", nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    command = sam_command()
    if not command:
        print("Cannot build: SAM CLI is not installed, and installing it failed", file=sys.stderr)
        return FAILED
    status = subprocess.run([command, "build", *_SETTINGS, *options.sam], cwd=ROOT).returncode
    if status:
        return FAILED
    print(*report(BUILD_FOLDER), sep="\n")
    return int(any(size(folder) > _MAX_BYTES for folder in _function_folders(BUILD_FOLDER)))


def report(build_folder: Path) -> Iterator[str]:
    """Yield a line for each function: its name, its unpacked size and its hash."""
    for folder in _function_folders(build_folder):
        megabytes = size(folder) / _MEGABYTE
        yield f"{folder.name}: {megabytes:.1f} MB unpacked, sha256 {digest(folder)}"


def _function_folders(build_folder: Path) -> list[Path]:
    return sorted(path for path in build_folder.iterdir() if path.is_dir())


if __name__ == "__main__":
    run(main)
