"""Lambda entry point of the scheduled refresh, which logs its metrics."""

import logging
from datetime import UTC, datetime
from typing import Any

from handler.adapters.cloudwatch_emf import emf_log_line
from handler.bootstrap.refresh import build_scheduled_refresh
from handler.domain.errors import InvalidSnapshot, OverBudget, SnapshotGone, SourceTooLarge

_log = logging.getLogger(__name__)

REFUSAL_METRICS: dict[type[Exception], str] = {
    InvalidSnapshot: "SnapshotUnreadable",
    SnapshotGone: "SnapshotUnreadable",
    OverBudget: "RefreshOverBudget",
    SourceTooLarge: "RefreshOverBudget",
}


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Refresh the catalog once, and return the result's log fields.

    `"start_over": true` in the event makes a new snapshot where the stored one was deleted.
    """
    now = datetime.now(UTC)
    function_name = getattr(context, "function_name", "refresh")
    request_id = getattr(context, "aws_request_id", "")
    try:
        refresh = build_scheduled_refresh(start_over=event.get("start_over") is True)
        result = refresh(as_of=now, progress=_log.info)
    except tuple(REFUSAL_METRICS) as error:
        name = next(name for kind, name in REFUSAL_METRICS.items() if isinstance(error, kind))
        print(emf_log_line(now, {name: 1}, function_name, request_id))
        raise
    print(emf_log_line(now, result.metrics(), function_name, request_id))
    fields = result.log_fields()
    _log.info("refreshed", extra={"found": fields})
    return fields
