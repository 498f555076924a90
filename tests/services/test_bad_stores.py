"""Pages over a faulty S3: those of the last good snapshot, or a short-lived 503."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from handler.adapters.storage.s3_boto3 import Boto3Store
from handler.adapters.storage.s3_location import S3Location
from handler.adapters.storage.s3_sigv4 import SigV4Reader
from handler.adapters.storage.sigv4 import Credentials
from handler.asgi import create_asgi_app
from handler.bootstrap.render import create_site
from handler.domain.snapshot.decode import decode_whole
from handler.ports import SnapshotReader
from handler.services.catalog_cache import REVALIDATE_SECONDS
from tests.support.builders import HERMES, catalog_bytes, record
from tests.support.clocks import SleepingClock
from tests.support.http.asgi import ask, create_app
from tests.support.s3 import impatient_s3_client
from tests.support.servers.upstream import (
    Behaviour,
    Upstream,
    answers,
    half_a_body,
    html,
    refuses,
    status,
)

GOOD = catalog_bytes([HERMES])
PAGE = "/nousresearch/hermes-4-405b"
ETAG = {"ETag": '"good"'}
SIZE = len(GOOD)
WHOLE = f"bytes 0-{SIZE - 1}/{SIZE}"
RAW = "HTTP/1.1 200 OK\r\nConnection: close\r\n"


def send(head: str, body: bytes = b"") -> Behaviour:
    """Send exactly these bytes, and close."""
    return lambda exchange: exchange.send(head.encode("latin-1") + b"\r\n" + body)


FAULTS: dict[str, Behaviour] = {
    "403": status(403),
    "500": status(500),
    "503 in HTML": answers(503, b"<html>SlowDown", {"Content-Type": "text/html"}),
    "a reset": refuses(),
    "half a body": half_a_body(),
    "HTML for 200": html(),
    "HTML with a tag": answers(200, b"<html>", ETAG),
    "no tag": answers(200, GOOD),
    "a folded tag": send(f'{RAW}ETag: "a\r\n b"\r\n', GOOD[:-9]),
    "cut": answers(200, GOOD[:-9], ETAG),
    "a longer length": send(f'{RAW}ETag: "x"\r\nContent-Length: 9999999\r\n', GOOD),
    "a shorter length": answers(200, GOOD, {**ETAG, "Content-Length": "100"}),
    "an odd length": send(f'{RAW}ETag: "x"\r\nContent-Length: many\r\n', GOOD[:50]),
    "odd chunks": send(f'{RAW}ETag: "x"\r\nTransfer-Encoding: chunked\r\n', b"zz\r\nx\r\n"),
    "another encoding": answers(200, GOOD[:100], {**ETAG, "Content-Encoding": "br"}),
    "no HTTP": lambda exchange: exchange.send(b"\x00\x01\x02 not HTTP at all\r\n\r\n"),
    "a flood of headers": send(RAW + "".join(f"X-{n}: x\r\n" for n in range(500)), GOOD),
    "a long header": send(f"{RAW}X: {'x' * 100_000}\r\n", GOOD),
    "an empty body": answers(200, b"", ETAG),
    "an empty object": answers(416, b"<Error><Code>InvalidRange</Code></Error>"),
    "a part without a range": answers(206, GOOD, ETAG),
    "another part": answers(206, GOOD, {**ETAG, "Content-Range": f"bytes 9-{SIZE + 8}/{SIZE + 9}"}),
    "a short part": answers(206, GOOD[:-9], {**ETAG, "Content-Range": WHOLE}),
    "a long part": answers(206, GOOD + b"x", {**ETAG, "Content-Range": WHOLE}),
    "an odd range": answers(206, GOOD, {**ETAG, "Content-Range": "bytes 0-9/many"}),
    "more promised": answers(206, GOOD, {**ETAG, "Content-Range": f"bytes 0-{SIZE - 1}/99999999"}),
    "500 in XML that is none": answers(500, b"<Error><Code>", {"Content-Type": "text/xml"}),
    "gone": answers(404, b"<Error><Code>NoSuchKey</Code></Error>"),
    "100 and nothing": lambda exchange: exchange.send(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a redirect": answers(307, b"", {"Location": "http://127.0.0.1:9/"}),
}

# urllib3 leaves the socket of chunks that it cannot read to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

MakeReader = Callable[[S3Location], SnapshotReader]
READERS: dict[str, MakeReader] = {
    "signed": lambda location: SigV4Reader(
        location, Credentials("a", "b"), lambda: datetime.now(UTC)
    ),
    "boto": lambda location: Boto3Store(location, impatient_s3_client(location)),
}


@pytest.mark.promise("P7", "faults of S3, by reader")
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("make_reader", READERS.values(), ids=READERS)
def test_a_bad_store_leaves_the_last_good_pages(make_reader: MakeReader, fault: Behaviour) -> None:
    clock = SleepingClock()
    with Upstream(answers(200, GOOD, ETAG)) as server:
        reader = make_reader(S3Location("bucket", "key", "us-east-1", server.url))
        site = create_site(reader, "https://x.example", clock=clock.now)
        app = create_asgi_app(site)
        assert ask(app, PAGE).status == 200
        server.now(fault)
        for _ in range(2):
            clock.sleep(REVALIDATE_SECONDS)
            assert ask(app, PAGE).status == 200

        newer = catalog_bytes([HERMES, record("a/new")])
        server.now(answers(200, newer, {"ETag": '"newer"'}))
        clock.sleep(REVALIDATE_SECONDS)
        assert site.catalog.get().version == decode_whole(newer).version


@pytest.mark.promise("P7", "faults of S3 at a first read, by reader")
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("make_reader", READERS.values(), ids=READERS)
def test_a_store_that_was_never_read_is_a_503_for_30_seconds(
    make_reader: MakeReader, fault: Behaviour
) -> None:
    with Upstream(fault) as server:
        reader = make_reader(S3Location("bucket", "key", "us-east-1", server.url))
        app = create_app(reader, "https://x.example", clock=SleepingClock().now)
        response = ask(app, PAGE)

    assert (response.status, response.headers["retry-after"]) == (503, "30")
    assert "s-maxage=30" in response.headers["cache-control"]
    assert "The catalog is still loading" in response.text
