"""Lambda entry point: a scheduled event in, a refreshed snapshot in the store, metrics out."""

import logging
from datetime import UTC, datetime
from typing import Any

from handler.adapters.cloudwatch_emf import emf_log_line
from handler.bootstrap.refresh import build_scheduled_refresh
from handler.domain.errors import BurgeeError, CatalogRejected, InvalidSnapshot

_log = logging.getLogger(__name__)


def lambda_handler(_event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Refresh the catalog once, and return what was found. Whatever the event says is ignored."""
    now = datetime.now(UTC)
    function = getattr(context, "function_name", "refresh")
    request = getattr(context, "aws_request_id", "")
    try:
        found = build_scheduled_refresh()(as_of=now, progress=_log.info)
    except BurgeeError as error:
        counts = {
            "RefreshFailed": 1,
            "CatalogRejected": int(isinstance(error, CatalogRejected)),
            "SnapshotUnreadable": int(isinstance(error, InvalidSnapshot)),
        }
        print(emf_log_line(now, counts, function, request))
        raise
    counts = {"RefreshFailed": 0, "CatalogRejected": 0, **found.metrics()}
    print(emf_log_line(now, counts, function, request))
    summary = found.log_fields()
    _log.info("refreshed", extra={"found": summary})
    return summary
