import ssl
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from http.client import HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from botocore.exceptions import ClientError

from scripts.benchmarks.fixtures.tls import create_trust
from scripts.local_stack.processes import accepts_connections
from scripts.local_stack.seaweed import SeaweedS3

pytestmark = pytest.mark.e2e

BUCKET = "burgee-catalogs"
KEY = "catalog/catalog.jsonl.gz"


@pytest.fixture(scope="module")
def s3() -> Iterator[SeaweedS3]:
    with SeaweedS3({"reader": [f"Read:{BUCKET}/{KEY}*"]}) as server:
        server.create_bucket(BUCKET)
        yield server


def test_conditional_write(s3: SeaweedS3) -> None:
    write = partial(s3.client().put_object, Bucket=BUCKET, Key=KEY)
    first = write(Body=b"1", IfNoneMatch="*")["ETag"]
    assert _error_status(lambda: write(Body=b"2", IfNoneMatch="*")) == 412
    write(Body=b"3", IfMatch=first)
    assert _error_status(lambda: write(Body=b"4", IfMatch=first)) == 412

    assert s3.client().get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"3"


def test_conditional_read(s3: SeaweedS3) -> None:
    client = s3.client()
    etag = client.put_object(Bucket=BUCKET, Key="known", Body=b"1")["ETag"]

    assert (
        _error_status(lambda: client.get_object(Bucket=BUCKET, Key="known", IfNoneMatch=etag))
        == 304
    )


def test_identity_is_limited_to_its_actions(s3: SeaweedS3) -> None:
    s3.client().put_object(Bucket=BUCKET, Key=KEY, Body=b"1")
    s3.client().put_object(Bucket=BUCKET, Key="other", Body=b"1")
    reader = s3.client("reader")

    assert reader.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"1"
    assert _error_status(lambda: reader.put_object(Bucket=BUCKET, Key=KEY, Body=b"2")) == 403
    assert _error_status(lambda: reader.get_object(Bucket=BUCKET, Key="other")) == 403


def test_write_does_not_create_a_bucket(s3: SeaweedS3) -> None:
    assert (
        _error_status(lambda: s3.client().put_object(Bucket="not-there", Key="a", Body=b"")) == 404
    )


def test_several_buckets_are_writable(s3: SeaweedS3) -> None:
    for name in ("bucket-two", "bucket-three", "bucket-four"):
        s3.create_bucket(name)
        s3.client().put_object(Bucket=name, Key="a", Body=b"1")


def test_two_servers_run_at_once_and_end_with_their_blocks(s3: SeaweedS3) -> None:
    with SeaweedS3() as other:
        port = int(other.endpoint_url.rpartition(":")[2])
        assert other.client().list_buckets()["Buckets"] == []

    assert not accepts_connections(port)


def test_data_survives_an_outage(s3: SeaweedS3) -> None:
    port = int(s3.endpoint_url.rpartition(":")[2])
    s3.client().put_object(Bucket=BUCKET, Key="held", Body=b"1")

    with s3.outage():
        assert not accepts_connections(port)

    assert s3.client().get_object(Bucket=BUCKET, Key="held")["Body"].read() == b"1"


def _error_status(call: Callable[[], object]) -> int:
    """Return the status of an S3 call that must fail."""
    with pytest.raises(ClientError) as caught:
        call()
    return caught.value.response["ResponseMetadata"]["HTTPStatusCode"]


def test_tls_with_the_trusted_certificate(tmp_path: Path) -> None:
    trust = create_trust(tmp_path)
    with SeaweedS3(certificate=trust.server) as server:
        port = urlsplit(server.secure_endpoint_url).port
        context = ssl.create_default_context(cafile=str(trust.bundle))
        connection = HTTPSConnection("127.0.0.1", port, context=context, timeout=10)
        with closing(connection):
            connection.request("GET", "/")

            assert connection.getresponse().status == 403
