"""The refresh: the whole newest list with details of each model, from an upstream that is near."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlsplit

from scripts.benchmarks.fixtures.catalogs import records_of
from scripts.benchmarks.harness import Bench
from scripts.benchmarks.results import OURS, NotMeasured, Results, Table, figure
from scripts.local_stack.processes import LOOPBACK
from scripts.sample_data.load import newest_details

_MODELS = "/models"
_DETAILS = "/endpoints"
_FEW = 3
_ABOUT = (
    "The scheduled function over a bucket, from an upstream on this machine that answers at once, "
    "without the pace that spares the real one: the list of {:,} models and as many calls for "
    "details. Medians of {}."
)


def measured(bench: Bench, runs: int) -> Results:
    """Return what a refresh of the newest list takes."""
    few = min(_FEW, runs)
    with _upstream(records_of(bench.listed)) as address:
        taken = [_refresh(bench, address) for _ in range(few)]
    seconds, kilobytes, models = (median(values) for values in zip(*taken, strict=True))
    row = (figure(seconds), figure(kilobytes / 1024))
    about = _ABOUT.format(int(models), few)
    return Results([Table("Refresh", about, ("seconds", "MB at the peak"), [row])])


def _refresh(bench: Bench, address: str) -> tuple[float, int, int]:
    """Return seconds, kilobytes at the peak and models of one refresh."""
    done = subprocess.run(
        bench.command("refresh.py"),
        cwd=bench.sides[OURS].folder,
        env={
            **bench.environment(OURS),
            "BURGEE_STORE": bench.new_store(),
            "OPENROUTER_URL": address,
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
    """Play OpenRouter's API until the block ends, with these records and the sample's details."""
    server = ThreadingHTTPServer((LOOPBACK, 0), _handler(dict(_answers(records))))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{LOOPBACK}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _answers(records: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, bytes]]:
    details = newest_details()
    yield _MODELS, json.dumps({"data": records}).encode()
    for record in records:
        endpoints = details.get(record["id"], [])
        body = json.dumps({"data": {"endpoints": endpoints}}).encode()
        yield f"{_MODELS}/{record['id']}{_DETAILS}", body


def _handler(answers: Mapping[str, bytes]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = answers.get(unquote(urlsplit(self.path).path), b"")
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing of every request."""

    return Handler
