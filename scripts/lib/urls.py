"""URLs as arguments of commands."""

import argparse
import re
from urllib.parse import SplitResult, urlsplit

_HOST = re.compile(r"[^\s/\\%@:]+|[\da-f:.]+", re.IGNORECASE)


def parse_url(text: str) -> str:
    """Return an absolute URL of HTTP. Raises argparse.ArgumentTypeError."""
    if _split(text) is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a http:// or https:// address")
    return text


def parse_site_url(text: str) -> str:
    """Return the URL of a site, without a slash at its end. Raises argparse.ArgumentTypeError."""
    parts = _split(text)
    if parts is None or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError(f"{text!r} is not the URL of a site")
    return text.removesuffix("/")


def _split(text: str) -> SplitResult | None:
    """Return the parts of a URL with a host and a valid port, None for anything else."""
    try:
        parts = urlsplit(text)
        is_valid = parts.port != 0 and bool(_HOST.fullmatch(parts.hostname or ""))
    except ValueError:
        return None
    return parts if is_valid and parts.scheme in ("http", "https") else None
