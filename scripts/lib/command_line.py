"""What all commands have in common: options, exit codes, and a sentence instead of a traceback."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from handler.domain.errors import SettingsError
from scripts.lib.version import add_version_option

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
EXIT_CODES = {
    DONE: "done, and every check passed",
    FAILED: "it could not be done, or a check found a problem",
    USAGE: "an argument or a setting is invalid: nothing was done",
    INTERRUPTED: "interrupted by Ctrl-C",
}


def create_parser(
    command: str, description: str | None, *, usage: str | None = None, epilog: str = ""
) -> argparse.ArgumentParser:
    """Return the parser of a command in scripts/, with --version and the exit codes in --help."""
    codes = "; ".join(f"{code}: {meaning}" for code, meaning in EXIT_CODES.items())
    parser = argparse.ArgumentParser(
        prog=f"scripts/{command}",
        usage=usage,
        description=description,
        epilog=f"{epilog} Exit codes: {codes}.".strip(),
    )
    add_version_option(parser)
    return parser


def run(main: Callable[[Sequence[str]], int]) -> NoReturn:
    """Run a command with the arguments of this process, and end the process with its exit code."""
    try:
        status = main(sys.argv[1:])
        sys.stdout.flush()
    except SettingsError as error:
        status = _fail(USAGE, f"Invalid setting: {error}")
    except KeyboardInterrupt:
        status = _fail(INTERRUPTED, "Interrupted.")
    except BrokenPipeError:
        # As in `scripts/rollback --list | head`. Python flushes the output once more as it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = FAILED
    except OSError as error:
        status = _fail(FAILED, f"Failed: {_describe(error)}")
    sys.exit(status)


def _fail(status: int, sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return status


def _describe(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename else str(error)
