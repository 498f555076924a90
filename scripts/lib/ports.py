"""Numbers of TCP ports, as options of commands."""

import argparse

_MAX_PORT = 65_535


def parse_port(text: str) -> int:
    """Return a port, 0 for any free one. Raises argparse.ArgumentTypeError."""
    if not text.isascii() or not text.isdecimal() or int(text[:6]) > _MAX_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: a number from 0 to {_MAX_PORT}")
    return int(text)
