"""Programs and real catalogs outside the project. Tests that need an absent one are skipped."""

import os
from pathlib import Path

import pytest


def real_part(variable: str) -> Path:
    """Return where scripts/test found a part; without it, skip, or fail where all is required."""
    place = os.environ.get(variable)
    if place:
        return Path(place)
    reason = f"{variable} is not set: scripts/test finds this part, and says why if it cannot"
    if os.environ.get("BURGEE_REQUIRE_ALL"):
        pytest.fail(reason)
    pytest.skip(reason)


def shared() -> Path | None:
    """Return the folder of real answers beside the project, None where it is not there."""
    place = os.environ.get("BURGEE_SHARED", "")
    return Path(place) if place else None


def shared_catalogs() -> list[Path]:
    """Return the real catalogs beside the project, none where they are not."""
    place = shared()
    return sorted(place.glob("catalogs/*.json")) if place else []


def each_shared_catalog() -> list[object]:
    """Return a parameter for each real catalog, or one that is skipped."""
    absent = pytest.param(
        None, marks=pytest.mark.skip(reason="the real catalogs are not beside the project")
    )
    return [pytest.param(path, id=path.stem) for path in shared_catalogs()] or [absent]
