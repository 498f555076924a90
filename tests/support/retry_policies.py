"""Retry policies for tests of sources that are fetched as a whole."""

from dataclasses import replace

from handler.adapters.http.retry import RetryPolicy

POLICY = RetryPolicy(
    total_seconds=60.0,
    read_timeout_seconds=30.0,
    max_attempts=3,
    initial_backoff_seconds=0.01,
    max_body_bytes=5_000_000,
)
# Connecting must end in this time, or in a third of the total, on a busy machine too.
IMPATIENT = replace(POLICY, read_timeout_seconds=1.0)
BRIEF = replace(POLICY, total_seconds=2.0)
