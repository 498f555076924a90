import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handler.adapters.storage.s3_location import S3Location
from handler.adapters.storage.s3_sigv4 import _REVALIDATION_TIMEOUT_SECONDS, SigV4Reader
from handler.adapters.storage.sigv4 import Credentials
from handler.domain.errors import SnapshotMissing, StoreUnavailable
from handler.ports import ObjectStart
from scripts.benchmarks.fixtures.tls import create_trust
from scripts.local_stack.seaweed import SeaweedS3
from tests.support.constants import PROJECT
from tests.support.servers.upstream import Behaviour, Exchange, Upstream, answers, refuses, status

NOW = datetime(2026, 8, 22, 18, 35, 9, tzinfo=UTC)

MakeReader = Callable[[Upstream], SigV4Reader]


@pytest.fixture
def make_reader() -> MakeReader:
    def reader(server: Upstream) -> SigV4Reader:
        location = S3Location("bucket", "key", "us-east-1", server.url)
        return SigV4Reader(location, Credentials("a", "b"), lambda: NOW)

    return reader


@pytest.mark.parametrize(
    ("behaviour", "message"),
    [
        (status(500), "500"),
        (status(403), "403"),
        (answers(404, b"<Error><Code>NoSuchBucket</Code></Error>"), "NoSuchBucket"),
        (
            answers(200, b"half", {"Content-Length": "99", "ETag": '"tag"'}),
            "IncompleteRead|broke off",
        ),
        (refuses(), "ConnectionReset|RemoteDisconnected"),
        (answers(304, b""), ": 304 without a reason"),
        (answers(200, b"body without an ETag"), "no ETag"),
    ],
    ids=["500", "403", "no bucket", "half a body", "refused", "odd 304", "no ETag"],
)
def test_an_invalid_response_is_unavailable(
    make_reader: MakeReader, behaviour: Behaviour, message: str
) -> None:
    with Upstream(behaviour) as server, pytest.raises(StoreUnavailable, match=message):
        make_reader(server).read_start(9)


def test_a_missing_key_is_missing(make_reader: MakeReader) -> None:
    missing = answers(404, b"<Error><Code>NoSuchKey</Code></Error>")

    with Upstream(missing) as server, pytest.raises(SnapshotMissing, match="s3://bucket/key"):
        make_reader(server).read_start(9)


def test_a_broken_connection_is_retried_once(make_reader: MakeReader) -> None:
    good = answers(206, b"snapshot", {"ETag": '"tag"', "Content-Range": "bytes 0-7/8"})

    with Upstream(refuses(), good) as server:
        assert make_reader(server).read_start(9) == ObjectStart(b"snapshot", '"tag"', 8)
        assert len(server.requests) == 2


def test_a_server_that_is_away_is_asked_twice(make_reader: MakeReader) -> None:
    with Upstream(refuses()) as server:
        with pytest.raises(StoreUnavailable):
            make_reader(server).read_start(9)

        assert len(server.requests) == 2


def test_a_known_snapshot_that_has_not_changed_is_not_read(make_reader: MakeReader) -> None:
    with Upstream(answers(304)) as server:
        assert make_reader(server).read_start(9, '"tag"') is None


def test_a_range_is_retried_once(make_reader: MakeReader) -> None:
    good = answers(206, b"ap", {"ETag": '"tag"', "Content-Range": "bytes 3-4/8"})

    with Upstream(refuses(), good) as server:
        assert make_reader(server).read_range(3, 5, '"tag"') == b"ap"
        asked = [(one.headers["range"], one.headers["if-match"]) for one in server.requests]
        assert asked == [("bytes=3-4", '"tag"')] * 2


SECRET_ERROR = (
    b"<Error><Code>SignatureDoesNotMatch</Code><AWSAccessKeyId>AKIAMARKED</AWSAccessKeyId>"
    b"<StringToSign>AWS4\x1b[31m\nmarked</StringToSign></Error>"
)


@pytest.mark.promise("P22", "errors of S3 that repeat what was signed")
def test_only_the_code_of_an_s3_error_is_reported(make_reader: MakeReader) -> None:
    with (
        Upstream(answers(403, SECRET_ERROR)) as server,
        pytest.raises(StoreUnavailable, match=r"s3://bucket/key: 403 SignatureDoesNotMatch$"),
    ):
        make_reader(server).read_start(9)


@pytest.mark.parametrize("etag", ["plain", '"a\r\n b"', '"é"', '"a b"', '"a"\r\nX: 1'], ids=repr)
def test_an_etag_that_no_header_can_carry_is_rejected(make_reader: MakeReader, etag: str) -> None:
    with Upstream(answers(200, b"body", {"ETag": etag})) as server:
        reader = make_reader(server)
        try:
            start = reader.read_start(9)
        except StoreUnavailable:
            return

    assert start
    assert start.etag == '"a"'


def drip_after(head: bytes) -> Behaviour:
    def behave(exchange: Exchange) -> None:
        exchange.send(head)
        while True:
            exchange.pause(0.1)
            exchange.send(b"x")

    return behave


@pytest.mark.promise("P7", "answers of S3 that drip")
@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        b'HTTP/1.1 200 OK\r\nETag: "t"\r\nContent-Length: 9999\r\n\r\n',
        b"HTTP/1.1 500 Oh\r\nContent-Length: 9999\r\n\r\n",
    ],
    ids=["a head", "a body", "an error"],
)
def test_a_drip_ends_before_cloudfront_gives_up(make_reader: MakeReader, head: bytes) -> None:
    started = time.monotonic()
    with (
        Upstream(drip_after(head)) as server,
        pytest.raises(StoreUnavailable, match=r"took too long|no time is left"),
    ):
        make_reader(server).read_start(9, '"known"')

    assert _REVALIDATION_TIMEOUT_SECONDS < 3
    assert time.monotonic() - started < 30


READ_TWICE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from handler.adapters.storage.s3_location import S3Location
from handler.adapters.storage.s3_sigv4 import SigV4Reader
from handler.adapters.storage.sigv4 import Credentials
bundle, url, *keys = sys.argv[1:]
location = S3Location("bucket", "key", "us-east-1", url)
reader = SigV4Reader(location, Credentials(*keys), lambda: datetime.now(UTC))
start = reader.read_start(4)
Path(bundle).unlink()
print(start.body + reader.read_range(4, start.size, start.etag))
"""


@pytest.mark.e2e
def test_certificates_are_read_once_for_all_requests(tmp_path: Path) -> None:
    trust = create_trust(tmp_path)
    with SeaweedS3(certificate=trust.server) as s3:
        s3.create_bucket("bucket")
        s3.client().put_object(Bucket="bucket", Key="key", Body=b"snapshot")
        arguments = [str(trust.bundle), s3.secure_endpoint_url, s3.access_key, s3.secret_key]
        done = subprocess.run(
            [sys.executable, "-c", READ_TWICE, *arguments],
            env={"SSL_CERT_FILE": str(trust.bundle)},
            cwd=PROJECT,
            capture_output=True,
            text=True,
        )

    assert (done.stdout, done.stderr) == ("b'snapshot'\n", "")
