"""The AWS SAM CLI."""

from pathlib import Path

from scripts.lib.tools import install, is_available


def sam_command() -> str:
    """Return the SAM CLI on PATH, else one installed for this checkout, "" if that failed."""
    if is_available("sam"):
        return "sam"
    python = install("environment", "sam", "tests/requirements-sam.txt")
    return str(Path(python).with_name("sam")) if python else ""
