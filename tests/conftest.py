"""What several tests stand on: the real parts of the project, started once or skipped by name."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from scripts.local_stack.seaweed import SeaweedS3
from tests.support.iterations import LONG, record_figure

ROOT = Path(__file__).resolve().parents[1]

# The same examples each time, and no judgement of how long they take on a busy machine.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=100)
settings.register_profile(
    "long",
    settings.get_profile("steady"),
    max_examples=10_000,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("long" if LONG else "steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what takes long to the runs that say so."""
    if LONG:
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="only in scripts/test --long"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note what a test of a promise has tried."""
    report = yield
    if report.when == "call" and not report.skipped:
        record_figure(item, report.failed)
    return report


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


@pytest.fixture(scope="session")
def seaweed() -> Iterator[SeaweedS3]:
    """A real S3 server, for tests to make buckets of their own in."""
    with SeaweedS3() as server:
        yield server
