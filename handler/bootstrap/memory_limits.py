"""The share of the refresh function's memory for each of the things that it holds at a time.

Python with boto3 takes 60 of 256 MB. Then there are the stored catalog, the new list beside it and
the text of what is written, or the catalog and the answers of one other source.
"""

from handler.adapters.http.limits import BatchLimits
from handler.adapters.http.retry import RetryPolicy
from handler.domain.snapshot.text_size import SnapshotLimits
from handler.settings import Settings

_MEGABYTE = 1024 * 1024


def snapshot_limits(settings: Settings) -> SnapshotLimits:
    """Return the limits of a snapshot that the function can read again beside a new list."""
    if not (memory := _memory_bytes(settings)):
        return SnapshotLimits()
    return SnapshotLimits(text_bytes=memory // 16, memory_bytes=memory * 3 // 8)


def retry_policy(settings: Settings, total_seconds: float) -> RetryPolicy:
    """Return the policy of a source that is fetched as a whole."""
    if not (memory := _memory_bytes(settings)):
        return RetryPolicy(total_seconds)
    return RetryPolicy(total_seconds, max_body_bytes=memory // 32, max_memory_bytes=memory // 4)


def batch_limits(settings: Settings, requests_per_second: float) -> BatchLimits:
    """Return the limits of requests for endpoints."""
    seconds = settings.endpoint_time_budget_seconds
    if not (memory := _memory_bytes(settings)):
        return BatchLimits(seconds, requests_per_second=requests_per_second)
    return BatchLimits(
        seconds,
        requests_per_second=requests_per_second,
        max_total_bytes=memory // 32,
        max_memory_bytes=memory // 4,
    )


def _memory_bytes(settings: Settings) -> int:
    """Return the bytes that Lambda gives the function, 0 elsewhere."""
    return int(settings.memory_megabytes * _MEGABYTE)
