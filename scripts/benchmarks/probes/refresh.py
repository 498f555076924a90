"""Refreshes the catalog once, as the schedule does: prints seconds, peak kB and models."""

import json
from time import perf_counter

from cold import peak_kilobytes

started = perf_counter()
from handler.refresh import lambda_handler  # noqa: E402 - the import is measured too

result = lambda_handler({}, None)
print(json.dumps([perf_counter() - started, peak_kilobytes(), result["models"]]))
