"""A refresh of the whole newest list with all endpoints, from an upstream on this machine."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlsplit

from scripts.benchmarks.fixtures.catalogs import load_records
from scripts.benchmarks.harness import Bench
from scripts.benchmarks.results import OURS, NotMeasured, Results, Table, format_number
from scripts.local_stack.processes import LOOPBACK
from scripts.sample_data.load import newest_endpoints

_MODELS = "/models"
_ENDPOINTS = "/endpoints"
_MAX_RUNS = 3
_METHOD = (
    "The scheduled function with a bucket. The upstream on this machine answers at once, and the "
    "rate limit that protects the real one is off: one list of {:,} models, and as many requests "
    "for endpoints. Medians of {}."
)


def run(bench: Bench, runs: int) -> Results:
    """Measure the time and memory of a refresh."""
    runs = min(_MAX_RUNS, runs)
    with _upstream(load_records(bench.list_file)) as url:
        results = [_refresh(bench, url) for _ in range(runs)]
    seconds, kilobytes, models = (median(values) for values in zip(*results, strict=True))
    row = (format_number(seconds), format_number(kilobytes / 1024))
    method = _METHOD.format(int(models), runs)
    return Results([Table("Refresh", method, ("seconds", "peak MB"), [row])])


def _refresh(bench: Bench, url: str) -> tuple[float, int, int]:
    """Return the seconds, peak kilobytes and models of one refresh."""
    done = subprocess.run(
        bench.command("refresh.py"),
        cwd=bench.candidates[OURS].folder,
        env={
            **bench.environment(OURS),
            "BURGEE_STORE": bench.new_store(),
            "OPENROUTER_URL": url,
            "ARENA_URL": "off",
            "ENDPOINT_REQUESTS_PER_SECOND": "10000",
        },
        stdout=subprocess.PIPE,
        check=False,
    )
    if done.returncode != 0:
        raise NotMeasured("the refresh failed: its error is above")
    seconds, kilobytes, models = json.loads(done.stdout.splitlines()[-1])
    return seconds, kilobytes, models


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
    """Yield each path with the body of its response."""
    endpoints = newest_endpoints()
    yield _MODELS, json.dumps({"data": records}).encode()
    for record in records:
        body = {"data": {"endpoints": endpoints.get(record["id"], [])}}
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
