"""What the stack costs a month, from the template's own numbers and AWS's list prices.

List prices of us-east-1 in US dollars, as of November 2026.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

from handler.services.enrichment_sources import DATASET_POLL_INTERVAL, ENDPOINT_POLL_INTERVAL
from handler.settings import Settings
from tests.support.deployment.stack import Stack

HOURS = 730
DAYS = HOURS / 24
MODELS = 540
# Processor time and the sources' answers of one refresh, without endpoints, at 256 MB.
REFRESH_SECONDS = 10
SNAPSHOT_GB, LIST_GB, ENDPOINTS_GB = 0.0003, 0.00007, 0.00005
LOG_GB_PER_REFRESH, LOG_GB_PER_REQUEST = 0.00001, 0.0000014
# Hours in which there is something to count, for each custom metric.
METRIC_HOURS = 10
# The age of the catalog, which every refresh says.
METRICS_OF_EVERY_HOUR = 1

PRICES = {
    "CloudFront request": 1.00 / 1e6,
    "CloudFront GB": 0.085,
    "API request": 1.00 / 1e6,
    "Lambda request": 0.20 / 1e6,
    "Lambda GB-second": 0.0000133334,
    "S3 write": 0.005 / 1e3,
    "S3 read": 0.0004 / 1e3,
    "S3 GB": 0.023,
    "log GB": 0.50,
    "alarm metric": 0.10,
    "custom metric": 0.30,
    "dashboard": 3.00,
}
# What AWS's always-free allowances leave to be paid at ten thousand previews.
NEVER_FREE = ("API request", "S3 write", "S3 read", "S3 GB")


class Traffic(NamedTuple):
    """Previews a month, the part of requests that caches answer, and seconds of each response.

    A preview is two requests of 15 kB.
    """

    previews: int
    cached: float
    seconds: float
    instances: int


def previews_cost(stack: Stack, traffic: Traffic) -> dict[str, float]:
    """Return the cost of a month of previews by what is paid for."""
    requests = 2 * traffic.previews
    at_origin = requests * (1 - traffic.cached)
    gigabytes = _parameter(stack, "RenderMemory") / 1024
    return _priced(
        {
            "CloudFront request": requests,
            "CloudFront GB": requests * 15e-6,
            "API request": at_origin,
            "Lambda request": at_origin,
            "Lambda GB-second": at_origin * traffic.seconds * gigabytes,
            "S3 read": min(at_origin, HOURS * 60 * traffic.instances),
            "log GB": at_origin * LOG_GB_PER_REQUEST,
        }
    )


def fixed_cost(stack: Stack, alarm_metrics: int, custom_metrics: int) -> dict[str, float]:
    """Return the cost of a month without any visitor by what is paid for."""
    refreshes = HOURS * 60 / _parameter(stack, "RefreshMinutes")
    polls = HOURS * 3600 / ENDPOINT_POLL_INTERVAL.total_seconds()
    poll_seconds = MODELS / _parameter(stack, "EndpointRequestsPerSecond")
    with_endpoints = polls * math.ceil(poll_seconds / Settings("").endpoint_time_budget_seconds)
    with_arena = HOURS * 3600 / DATASET_POLL_INTERVAL.total_seconds()
    gigabytes = _parameter(stack, "RefreshMemory") / 1024
    updates = refreshes + with_endpoints
    return _priced(
        {
            "Lambda GB-second": gigabytes * (polls * poll_seconds + refreshes * REFRESH_SECONDS),
            "S3 write": 2 * updates + with_arena,
            "S3 read": 2 * updates,
            "S3 GB": _stored(stack, updates, refreshes, with_endpoints),
            "log GB": refreshes * LOG_GB_PER_REFRESH,
            "alarm metric": alarm_metrics,
            "custom metric": METRICS_OF_EVERY_HOUR
            + (custom_metrics - METRICS_OF_EVERY_HOUR) * METRIC_HOURS / HOURS,
        }
    )


def _stored(stack: Stack, updates: float, refreshes: float, with_endpoints: float) -> float:
    """Return the gigabytes of earlier snapshots and archived responses."""
    rules = stack.resources["CatalogBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    versions, raw = (
        rule.get("ExpirationInDays") or rule["NoncurrentVersionExpiration"]["NoncurrentDays"]
        for rule in rules
    )
    archived = refreshes * LIST_GB + with_endpoints * ENDPOINTS_GB
    return float(versions / DAYS * updates * SNAPSHOT_GB + raw / DAYS * archived)


def _priced(quantities: Mapping[str, float]) -> dict[str, float]:
    return {unit: quantity * PRICES[unit] for unit, quantity in quantities.items()}


def _parameter(stack: Stack, name: str) -> float:
    return float(stack.template["Parameters"][name]["Default"])
