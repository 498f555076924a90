"""Profiles of Hypothesis, tests of the long run only, and fixtures that several folders share."""

from collections.abc import Generator, Iterator

import pytest
from hypothesis import HealthCheck, settings

from scripts.local_stack.seaweed import SeaweedS3
from tests.support.iterations import LONG, record_figure

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
    """Skip tests marked `long` outside a long run."""
    for item in items:
        if item.get_closest_marker("long") and not LONG:
            item.add_marker(pytest.mark.skip(reason="only in scripts/test --long"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Record how often a test of a promise tried."""
    report = yield
    if report.when == "call" and not report.skipped:
        record_figure(item, report.failed)
    return report


@pytest.fixture(scope="session")
def seaweed() -> Iterator[SeaweedS3]:
    """A real S3 server, for tests to make buckets of their own in."""
    with SeaweedS3() as server:
        yield server
