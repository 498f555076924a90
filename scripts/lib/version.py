"""--version of every command."""

import argparse
import subprocess

from handler.version import read_version
from scripts.lib.paths import ROOT


def add_version_option(parser: argparse.ArgumentParser) -> None:
    """Add --version, which prints the version of the code and its commit, if git knows it."""
    parser.add_argument(
        "--version", action=_PrintVersion, nargs=0, help="print the version of the code"
    )


class _PrintVersion(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_arguments: object) -> None:
        print(checkout_version())
        parser.exit()


def checkout_version() -> str:
    """Return the version of this checkout, such as 0.1.0+0a1b2c3d4e5f, or 0.1.0 without git."""
    commit = _commit() if (ROOT / ".git").exists() else ""
    return f"{read_version()}+{commit}" if commit else read_version()


def _commit() -> str:
    command = ["git", "rev-parse", "--short=12", "HEAD"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
