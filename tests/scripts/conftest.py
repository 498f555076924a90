"""Fixtures of tests that run commands in this process."""

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture
def kept_signal_handlers() -> Iterator[None]:
    """Give back the handlers of signals that a command sets."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)
