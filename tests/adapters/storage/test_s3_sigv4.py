import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import ReadOnlyCredentials

from handler.adapters.storage.s3_location import S3Location
from handler.adapters.storage.s3_sigv4 import (
    _REVALIDATION_TIMEOUT_SECONDS,
    Credentials,
    SigV4Reader,
    sigv4_headers,
)
from handler.domain.errors import SettingsError, SnapshotMissing, StoreUnavailable
from handler.ports import StoredObject
from tests.support.servers.upstream import Behaviour, Exchange, Upstream, answers, refuses, status

NOW = datetime(2026, 8, 22, 18, 35, 9, tzinfo=UTC)


@pytest.mark.parametrize("token", [None, "session/token+="])
@pytest.mark.parametrize(
    "location",
    [
        S3Location("bucket", "catalog/catalog.jsonl.gz", "eu-central-1"),
        S3Location("dotted.bucket", "catalog.jsonl.gz", "us-east-1"),
        S3Location("bucket", "a b/ü+~/%2F/catalog.jsonl.gz", "eu-west-1", "http://127.0.0.1:8333"),
    ],
    ids=["virtual host", "path", "odd key on another server"],
)
def test_the_signature_equals_that_of_the_aws_sdk(location: S3Location, token: str | None) -> None:
    ours = sigv4_headers(location, Credentials("AKIDEXAMPLE", "secret/key+", token), NOW)

    scheme = "https" if location.is_secure else "http"
    request = AWSRequest("GET", f"{scheme}://{location.host}{location.path}")
    for name, value in ours.items():
        if name != "Authorization":
            request.headers[name] = value
    request.context["timestamp"] = ours["X-Amz-Date"]
    auth = _Signer(ReadOnlyCredentials("AKIDEXAMPLE", "secret/key+", token), "s3", location.region)
    canonical = auth.canonical_request(request)
    signature = auth.signature(auth.string_to_sign(request, canonical), request)

    assert ours["Authorization"].endswith(f"Signature={signature}")


class _Signer(SigV4Auth):
    def _normalize_url_path(self, path: str) -> str:
        """Leave the path alone, as the SDK's own S3 signer does."""
        return path


@pytest.mark.parametrize(
    ("store", "expected"),
    [
        ("s3://b/catalog", "s3://b/catalog/catalog.jsonl.gz"),
        ("s3://b/catalog/", "s3://b/catalog/catalog.jsonl.gz"),
        ("s3://b", "s3://b/catalog.jsonl.gz"),
    ],
)
def test_a_store_url_names_one_object(store: str, expected: str) -> None:
    assert S3Location.parse(store, "us-east-1", None).url == expected


@pytest.mark.parametrize(("store", "region"), [("s3://", "us-east-1"), ("s3://bucket", "")])
def test_a_location_needs_a_bucket_and_a_region(store: str, region: str) -> None:
    with pytest.raises(SettingsError, match="AWS_REGION"):
        S3Location.parse(store, region, None)


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
        (answers(304, b""), "304 to an unconditional request"),
        (answers(200, b"body without an ETag"), "no ETag"),
    ],
    ids=["500", "403", "no bucket", "half a body", "refused", "odd 304", "no ETag"],
)
def test_an_invalid_response_is_unavailable(
    make_reader: MakeReader, behaviour: Behaviour, message: str
) -> None:
    with Upstream(behaviour) as server, pytest.raises(StoreUnavailable, match=message):
        make_reader(server).read()


def test_a_missing_key_is_missing(make_reader: MakeReader) -> None:
    missing = answers(404, b"<Error><Code>NoSuchKey</Code></Error>")

    with Upstream(missing) as server, pytest.raises(SnapshotMissing, match="s3://bucket/key"):
        make_reader(server).read()


def test_a_broken_connection_is_retried_once(make_reader: MakeReader) -> None:
    good = answers(200, b"snapshot", {"ETag": '"tag"'})

    with Upstream(refuses(), good) as server:
        assert make_reader(server).read() == StoredObject(b"snapshot", '"tag"')
        assert len(server.requests) == 2


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
        make_reader(server).read()


@pytest.mark.parametrize("etag", ["plain", '"a\r\n b"', '"é"', '"a b"', '"a"\r\nX: 1'], ids=repr)
def test_an_etag_that_no_header_can_carry_is_rejected(make_reader: MakeReader, etag: str) -> None:
    with Upstream(answers(200, b"body", {"ETag": etag})) as server:
        reader = make_reader(server)
        try:
            stored = reader.read()
        except StoreUnavailable:
            return

    assert stored.etag == '"a"'


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
        make_reader(server).read_if_changed('"known"')

    assert _REVALIDATION_TIMEOUT_SECONDS < 3
    assert time.monotonic() - started < 30
