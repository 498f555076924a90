"""How much a test tries, in the usual run and in the long one, and what it says it has tried."""

import json
import os
import re
from pathlib import Path

import pytest

LONG = bool(os.environ.get("BURGEE_LONG"))


def repeat(usual: int, long: int) -> int:
    """Return how often to try: a few times in the usual run, many in scripts/test --long."""
    return long if LONG else usual


def record_figure(item: pytest.Item, failed: bool) -> None:
    """Append what a test of a promise has tried to the file of figures, if one is kept."""
    place = os.environ.get("BURGEE_FIGURES")
    promise = item.get_closest_marker("promise")
    if not place or not promise:
        return
    number, what = promise.args
    line = {"promise": number, "what": what, "tried": _tried(item), "failed": int(failed)}
    # One short write at the end of the file: workers side by side do not mix their lines.
    with Path(place).open("a") as figures:
        figures.write(json.dumps(line) + "\n")


def _tried(item: pytest.Item) -> int:
    """Return what the test recorded; else the examples of its property; else one."""
    recorded = dict(item.user_properties).get("tried")
    statistics = str(getattr(item, "hypothesis_statistics", ""))
    examples = sum(map(int, re.findall(r"(\d+) (?:passing|failing)\b", statistics)))
    return recorded if isinstance(recorded, int) else examples or 1
