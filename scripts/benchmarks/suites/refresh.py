"""A refresh of a whole list with all endpoints, from an upstream on this machine."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlsplit

from scripts.benchmarks.fixtures.catalogs import MAX_ORIGINALS
from scripts.benchmarks.harness import DEFAULT_SIZE, SIZES, Bench
from scripts.benchmarks.results import (
    Metric,
    NotMeasured,
    Results,
    Table,
    format_number,
    interleave,
)
from scripts.local_stack.processes import LOOPBACK
from scripts.sample_data.load import newest_endpoints

REFRESH_SECONDS_AT = {models: f"refresh of {models:,} models, seconds" for models in SIZES}
REFRESH_PEAK_AT = {models: f"refresh of {models:,} models, peak MB" for models in SIZES}

_MODELS = "/models"
_ENDPOINTS = "/endpoints"
_MAX_RUNS = 3
_LARGE = SIZES[1]
# The setting of today, and that of old revisions.
_REQUEST_RATES = ("ENDPOINT_REQUESTS_PER_SECOND", "DETAILS_PER_SECOND")
_METHOD = (
    "The scheduled function with a bucket. The upstream on this machine answers at once, and the "
    "rate limit that protects the real one is off: one list, and a request for the endpoints of "
    "each model. Medians of {}; one run at {:,} models."
)


def run(bench: Bench, runs: int) -> Results:
    """Measure the time and memory of a refresh, for each side and size."""
    few = min(_MAX_RUNS, runs)
    metrics: dict[Metric, float] = {}
    rows = []
    for models, times in {DEFAULT_SIZE: few, _LARGE: 1}.items():
        with _upstream(_listed(bench, models)) as url:
            tasks = {side: partial(_refresh, bench, side, url) for side in bench.sides}
            for side, results in interleave(tasks, times, warm_up=0).items():
                seconds, megabytes = (median(values) for values in zip(*results, strict=True))
                metrics[Metric(REFRESH_SECONDS_AT[models], side)] = seconds
                metrics[Metric(REFRESH_PEAK_AT[models], side)] = megabytes
                rows.append((f"{models:,}", side, format_number(seconds), format_number(megabytes)))
    head = ("models", "side", "seconds", "peak MB")
    table = Table("Refresh", _METHOD.format(few, _LARGE), head, rows)
    return Results([table], metrics)


def _listed(bench: Bench, models: int) -> Sequence[Mapping[str, Any]]:
    """Return the records of a list of that many models."""
    records: list[dict[str, Any]] = json.loads(bench.catalog(models).model_list.read_bytes())[
        "data"
    ]
    return records


def _refresh(bench: Bench, side: str, url: str) -> tuple[float, float]:
    """Return the seconds and peak MB of one refresh."""
    done = subprocess.run(
        bench.command("refresh.py"),
        cwd=bench.candidates[side].folder,
        env={
            **bench.environment(side),
            "BURGEE_STORE": bench.new_store(),
            "OPENROUTER_URL": url,
            "ARENA_URL": "off",
            **dict.fromkeys(_REQUEST_RATES, "10000"),
        },
        stdout=subprocess.PIPE,
        check=False,
    )
    if done.returncode != 0:
        raise NotMeasured(f"the refresh of {side} failed: its error is above")
    seconds, kilobytes = json.loads(done.stdout.splitlines()[-1])
    return seconds, kilobytes / 1024


@contextmanager
def _upstream(records: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Serve OpenRouter's API with these records and the sample's endpoints until the block ends."""
    server = ThreadingHTTPServer((LOOPBACK, 0), _handler(dict(_bodies(records))))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{LOOPBACK}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _bodies(records: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, bytes]]:
    """Yield each path with the body of its response.

    A copy of a model has the endpoints of the original, which stands `MAX_ORIGINALS` before it.
    """
    endpoints = newest_endpoints()
    yield _MODELS, json.dumps({"data": records}).encode()
    for number, record in enumerate(records):
        original = records[number % MAX_ORIGINALS]
        body = {"data": {"endpoints": endpoints.get(original["id"], [])}}
        yield f"{_MODELS}/{record['id']}{_ENDPOINTS}", json.dumps(body).encode()


def _handler(bodies: Mapping[str, bytes]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = bodies.get(unquote(urlsplit(self.path).path), b"")
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Do not log requests."""

    return Handler
