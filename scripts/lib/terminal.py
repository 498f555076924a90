"""Colors and progress, on terminals alone."""

import os
import sys
from collections.abc import Mapping
from typing import TextIO


def shows_colors(stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether a stream is a terminal whose user has not turned colors off.

    NO_COLOR turns them off if it is not empty (https://no-color.org).
    """
    is_off = environment.get("NO_COLOR") or environment.get("TERM") == "dumb"
    return stream.isatty() and not is_off


def print_progress(step: str) -> None:
    """Print a step of long work to standard error, if that is a terminal."""
    if sys.stderr.isatty():
        print(f"… {step}", file=sys.stderr, flush=True)
