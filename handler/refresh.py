"""Lambda entry point of the scheduled refresh, which logs its metrics where there are any."""

import logging
from datetime import UTC, datetime
from typing import Any

from handler.adapters.cloudwatch_emf import emf_log_line
from handler.bootstrap.refresh import build_scheduled_refresh
from handler.domain.errors import InvalidSnapshot

_log = logging.getLogger(__name__)


def lambda_handler(_event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Refresh the catalog once, and return the result's log fields. The event is ignored."""
    now = datetime.now(UTC)
    function_name = getattr(context, "function_name", "refresh")
    request_id = getattr(context, "aws_request_id", "")
    try:
        result = build_scheduled_refresh()(as_of=now, progress=_log.info)
    except InvalidSnapshot:
        print(emf_log_line(now, {"SnapshotUnreadable": 1}, function_name, request_id))
        raise
    if metrics := result.metrics():
        print(emf_log_line(now, metrics, function_name, request_id))
    fields = result.log_fields()
    _log.info("refreshed", extra={"found": fields})
    return fields
