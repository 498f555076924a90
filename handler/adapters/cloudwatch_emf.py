"""Metrics as log lines in CloudWatch's embedded metric format: no call, no library, no permission.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

import json
from collections.abc import Mapping
from datetime import datetime

NAMESPACE = "Burgee"


def emf_log_line(moment: datetime, counts: Mapping[str, int], function: str, request: str) -> str:
    """Return the line that counts these at a moment, by the name of the function that does.

    `request` is the id by which the other lines of the same event are found.
    """
    metrics = [{"Name": name, "Unit": "Count"} for name in counts]
    about = {"Namespace": NAMESPACE, "Dimensions": [["FunctionName"]], "Metrics": metrics}
    head = {"Timestamp": int(moment.timestamp() * 1000), "CloudWatchMetrics": [about]}
    names = {"FunctionName": function, "requestId": request}
    return json.dumps({"_aws": head, **names, **counts})
