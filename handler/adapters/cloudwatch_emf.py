"""Metrics as log lines in CloudWatch's embedded metric format, which need no call or permission.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

import json
from collections.abc import Mapping
from datetime import datetime

NAMESPACE = "Burgee"


def emf_log_line(
    moment: datetime, metrics: Mapping[str, int], function_name: str, request_id: str
) -> str:
    """Return the line for counts by name. The request id joins it to the event's other lines."""
    definitions = [{"Name": name, "Unit": "Count"} for name in metrics]
    directive = {"Namespace": NAMESPACE, "Dimensions": [["FunctionName"]], "Metrics": definitions}
    metadata = {"Timestamp": int(moment.timestamp() * 1000), "CloudWatchMetrics": [directive]}
    properties = {"FunctionName": function_name, "requestId": request_id}
    return json.dumps({"_aws": metadata, **properties, **metrics})
