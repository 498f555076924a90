"""The render function, as built, talks to nobody but S3: its own process keeps account of it."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from handler.domain.snapshot.names import OBJECT_NAME
from scripts.local_stack.lambda_emulator import LambdaEmulator
from scripts.local_stack.seaweed import SeaweedS3
from tests.support.builders import HERMES, catalog_bytes, record
from tests.support.external import real_part
from tests.support.http.answer import invoked
from tests.support.http.ignored_inputs import PAGES
from tests.support.http.lambda_events import http_event
from tests.support.servers.bucket import create_bucket

pytestmark = pytest.mark.e2e

# All that Python tells of a process that reaches another, or has another do it.
AUDITED = """
import sys

REACHING = ("socket.", "http.", "urllib.", "subprocess.", "os.system", "os.exec", "os.posix_spawn",
            "os.fork", "os.spawn", "ftplib.", "smtplib.", "imaplib.", "poplib.", "webbrowser.")
reached = set()


def account(event, arguments):
    if event == "socket.connect":
        arguments = arguments[1]
    elif event == "http.client.connect":
        arguments = arguments[1:3]
    elif event == "http.client.send":
        arguments = [bytes(arguments[1]).partition(b" HTTP/")[0].decode()]
    if event.startswith(REACHING) and event != "socket.__new__":
        reached.add((event, *map(str, arguments[:2])))


sys.addaudithook(account)
from handler.render import lambda_handler as answer


def lambda_handler(event, context):
    return sorted(reached) if "account" in event else answer(event, context)
"""


@pytest.mark.promise("P6", "requests to the built function while its process is audited")
def test_every_kind_of_page_calls_only_s3(
    built: Path,
    lambda_python: Path,
    seaweed: SeaweedS3,
    tmp_path: Path,
    record_property: Callable[[str, int], None],
) -> None:
    bucket, rie = create_bucket(seaweed), real_part("BURGEE_RIE")
    records = [HERMES, record("acme/one", hugging_face_id="Acme/One-HF"), record("~acme/latest")]
    bucket.store.put(catalog_bytes(records), None)
    (tmp_path / "audited.py").write_text(AUDITED)
    environment = {**bucket.environment, "PYTHONPATH": str(built)}
    events = [http_event(path, method) for path in PAGES for method in ("GET", "HEAD", "POST")]
    record_property("tried", len(events))

    with LambdaEmulator(
        tmp_path, "audited.lambda_handler", environment, rie, lambda_python
    ) as function:
        statuses = {invoked(function.invoke(event)).status for event in events}
        reached = {tuple(one) for one in function.invoke({"account": True})}

    s3 = urlsplit(seaweed.endpoint_url)
    store = urlsplit(bucket.environment["BURGEE_STORE"])
    place = (str(s3.hostname), str(s3.port))
    assert statuses == {200, 308, 404, 405, 422}
    assert reached == {
        ("http.client.connect", *place),
        ("http.client.send", f"GET /{store.netloc}{store.path}/{OBJECT_NAME}"),
        ("socket.getaddrinfo", *place),
        ("socket.connect", *place),
    }
