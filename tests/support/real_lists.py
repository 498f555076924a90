"""The real model lists beside the project: what they hold, and when each was served."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from handler.domain.catalog.coverage import EVERYTHING, Coverage


def records_of(path: Path) -> list[dict[str, Any]]:
    """Return the records of a stored list, in either of its forms."""
    value = json.loads(path.read_text("utf-8-sig"))
    return list(value["data"] if isinstance(value, dict) else value)


def served_at(path: Path) -> datetime:
    """Return the moment in a list's name: 2026-08-22T1835Z, or a date alone."""
    date, _, clock = path.stem.partition("-output")[0].partition("T")
    hour, minute = (int(clock[:2]), int(clock[2:4])) if clock else (0, 0)
    return datetime.fromisoformat(date).replace(hour=hour, minute=minute, tzinfo=UTC)


def coverage_of(path: Path) -> Coverage:
    """Return what a list covers: models with text output, unless its name says otherwise."""
    return EVERYTHING if path.stem.endswith("modalities-all") else Coverage.parse("")
