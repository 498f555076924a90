"""Refreshes the catalog once, as the schedule does: prints seconds and peak kB."""

import json
from time import perf_counter

from cold import peak_kilobytes

started = perf_counter()
from handler.refresh import lambda_handler  # noqa: E402 - the import is measured too

result = lambda_handler({}, None)
assert result["models"], result  # noqa: S101 - do not measure a refresh of nothing
print(json.dumps([perf_counter() - started, peak_kilobytes()]))
