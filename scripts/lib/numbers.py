"""Numbers as options of commands."""

import argparse

_MAX_PORT = 65_535
_MAX_COUNT = 10**9


def parse_port(text: str) -> int:
    """Return a port, 0 for any free one. Raises argparse.ArgumentTypeError."""
    if not _is_number(text) or int(text) > _MAX_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: a number from 0 to {_MAX_PORT}")
    return int(text)


def parse_count(text: str) -> int:
    """Return how many there may be, at least one. Raises argparse.ArgumentTypeError."""
    if not _is_number(text) or not 0 < int(text) <= _MAX_COUNT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {_MAX_COUNT:,}")
    return int(text)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len(str(_MAX_COUNT))
