import ssl
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from http.client import HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from botocore.exceptions import ClientError

from scripts.benchmarks.fixtures.tls import trust_in
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


def test_write_may_depend_on_what_is_stored(s3: SeaweedS3) -> None:
    write = partial(s3.client().put_object, Bucket=BUCKET, Key=KEY)
    first = write(Body=b"1", IfNoneMatch="*")["ETag"]
    assert _refused(lambda: write(Body=b"2", IfNoneMatch="*")) == 412
    write(Body=b"3", IfMatch=first)
    assert _refused(lambda: write(Body=b"4", IfMatch=first)) == 412

    assert s3.client().get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"3"


def test_read_may_depend_on_what_is_known(s3: SeaweedS3) -> None:
    client = s3.client()
    tag = client.put_object(Bucket=BUCKET, Key="known", Body=b"1")["ETag"]

    assert _refused(lambda: client.get_object(Bucket=BUCKET, Key="known", IfNoneMatch=tag)) == 304


def test_limited_identity_does_only_what_it_may(s3: SeaweedS3) -> None:
    s3.client().put_object(Bucket=BUCKET, Key=KEY, Body=b"1")
    s3.client().put_object(Bucket=BUCKET, Key="other", Body=b"1")
    reader = s3.client("reader")

    assert reader.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"1"
    assert _refused(lambda: reader.put_object(Bucket=BUCKET, Key=KEY, Body=b"2")) == 403
    assert _refused(lambda: reader.get_object(Bucket=BUCKET, Key="other")) == 403


def test_missing_bucket_is_not_made_by_a_write(s3: SeaweedS3) -> None:
    assert _refused(lambda: s3.client().put_object(Bucket="not-there", Key="a", Body=b"")) == 404


def test_several_buckets_can_be_written_to(s3: SeaweedS3) -> None:
    for name in ("bucket-two", "bucket-three", "bucket-four"):
        s3.create_bucket(name)
        s3.client().put_object(Bucket=name, Key="a", Body=b"1")


def test_two_servers_run_side_by_side_and_end_with_their_blocks(s3: SeaweedS3) -> None:
    with SeaweedS3() as other:
        port = int(other.endpoint_url.rpartition(":")[2])
        assert other.client().list_buckets()["Buckets"] == []

    assert not accepts_connections(port)


def test_it_can_be_switched_off_and_comes_back_with_what_it_held(s3: SeaweedS3) -> None:
    port = int(s3.endpoint_url.rpartition(":")[2])
    s3.client().put_object(Bucket=BUCKET, Key="held", Body=b"1")

    with s3.switched_off():
        assert not accepts_connections(port)

    assert s3.client().get_object(Bucket=BUCKET, Key="held")["Body"].read() == b"1"


def _refused(call: Callable[[], object]) -> int:
    """Return the status of an S3 call that must not succeed."""
    with pytest.raises(ClientError) as caught:
        call()
    return caught.value.response["ResponseMetadata"]["HTTPStatusCode"]


def test_it_answers_over_tls_to_those_who_trust_its_certificate(tmp_path: Path) -> None:
    trust = trust_in(tmp_path)
    with SeaweedS3(certificate=trust.server) as server:
        port = urlsplit(server.secure_endpoint_url).port
        context = ssl.create_default_context(cafile=str(trust.bundle))
        connection = HTTPSConnection("127.0.0.1", port, context=context, timeout=10)
        with closing(connection):
            connection.request("GET", "/")

            assert connection.getresponse().status == 403
