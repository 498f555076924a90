"""Which version of the code this is: that of pyproject.toml, and its commit where it is known."""

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
# The build writes it, because the artifact has neither pyproject.toml nor git's data.
_BUILT = "version.txt"
_VERSION = re.compile(r'^version = "(.+)"$', re.MULTILINE)
UNKNOWN = "unknown"


@cache
def read_version(folder: Path = _FOLDER) -> str:
    """Return the version of the code in a folder, such as 0.1.0+0a1b2c3d4e5f or 0.1.0."""
    if built := _read(folder / _BUILT).strip():
        return built
    match = _VERSION.search(_read(folder.parent / "pyproject.toml"))
    return match[1] if match else UNKNOWN


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""
