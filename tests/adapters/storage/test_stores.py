"""One contract for every store, and for every reader of one."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config

from handler.adapters.storage.file_store import FileStore
from handler.adapters.storage.s3_boto3 import Boto3Store
from handler.adapters.storage.s3_location import S3Location
from handler.adapters.storage.s3_sigv4 import Credentials, SigV4Reader
from handler.domain.errors import SnapshotMissing, StoreUnavailable, WriteConflict
from handler.ports import SnapshotReader, SnapshotStore, StoredObject
from scripts.local_stack.seaweed import SeaweedS3
from tests.support.builders import MemoryStore
from tests.support.servers.upstream import Behaviour, Upstream, status

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

STORES = ["memory", "folder", pytest.param("boto", marks=pytest.mark.e2e)]
READERS = [*STORES, pytest.param("signed", marks=pytest.mark.e2e)]


@dataclass
class Pair:
    """A store, and a reader of the same snapshot: the store itself where it has no other."""

    store: SnapshotStore
    reader: SnapshotReader


@pytest.fixture
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Pair:
    if request.param == "memory":
        memory = MemoryStore()
        return Pair(memory, memory)
    if request.param == "folder":
        return Pair(FileStore(tmp_path / "store"), FileStore(tmp_path / "store"))
    server: SeaweedS3 = request.getfixturevalue("seaweed")
    bucket = f"bucket-{uuid4().hex[:12]}"
    server.create_bucket(bucket)
    address = S3Location(bucket, "deep/er key+é/catalog.gz", server.region, server.endpoint_url)
    store = Boto3Store(address, server.client())
    credentials = Credentials(server.access_key, server.secret_key)
    signed = SigV4Reader(address, credentials, lambda: datetime.now(UTC))
    return Pair(store, signed if request.param == "signed" else store)


each_store = pytest.mark.parametrize("pair", STORES, indirect=True)
each_reader = pytest.mark.parametrize("pair", READERS, indirect=True)


@each_reader
def test_an_empty_store_is_missing_its_snapshot(pair: Pair) -> None:
    with pytest.raises(SnapshotMissing):
        pair.reader.read()


@each_reader
def test_what_was_written_is_read_with_its_tag(pair: Pair) -> None:
    body = os.urandom(300_000)

    tag = pair.store.put(body, None)

    assert pair.reader.read() == StoredObject(body, tag)


@each_reader
def test_a_known_tag_reads_as_nothing_new_and_any_other_as_all(pair: Pair) -> None:
    old = pair.store.put(b"old", None)
    assert pair.reader.read_if_changed(old) is None

    new = pair.store.put(b"new", old)

    assert pair.reader.read_if_changed(old) == StoredObject(b"new", new)
    assert pair.reader.read_if_changed(new) is None


@each_store
@pytest.mark.parametrize("if_match", [None, '"d41d8cd98f00b204e9800998ecf8427e"'])
def test_a_write_that_expects_another_snapshot_changes_nothing(
    pair: Pair, if_match: str | None
) -> None:
    tag = pair.store.put(b"first", None)

    with pytest.raises(WriteConflict):
        pair.store.put(b"second", if_match)

    assert pair.store.read() == StoredObject(b"first", tag)


@each_store
def test_a_write_that_expects_a_snapshot_where_there_is_none_conflicts(pair: Pair) -> None:
    with pytest.raises(WriteConflict):
        pair.store.put(b"second", '"d41d8cd98f00b204e9800998ecf8427e"')


@each_store
def test_of_many_writers_at_once_one_wins(pair: Pair) -> None:
    tag = pair.store.put(b"start", None)
    won: list[bytes] = []

    def write(body: bytes) -> None:
        try:
            pair.store.put(body, tag)
        except WriteConflict:
            return
        won.append(body)

    threads = [threading.Thread(target=write, args=(b"%d" % n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [pair.store.read().body] == won


# --- what only one of them can do


def test_a_folder_that_cannot_be_read_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "catalog.jsonl.gz").mkdir()

    with pytest.raises(StoreUnavailable, match=r"cannot read .*catalog"):
        FileStore(tmp_path).read()


def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreUnavailable, match=r"cannot write .*file"):
        FileStore(tmp_path / "file").put(b"x", None)


def test_a_failed_write_leaves_no_file_behind(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    store.put(b"first", None)

    with pytest.raises(TypeError):
        store.put("not bytes", store.read().etag)  # type: ignore[arg-type]

    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "catalog.jsonl.gz"]
    assert store.read().body == b"first"


def test_what_a_killed_writer_left_behind_goes_with_the_next_write(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    tag = store.put(b"first", None)
    (tmp_path / ".new-killed").write_bytes(b"half of it")

    store.put(b"second", tag)

    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "catalog.jsonl.gz"]


WRITE_FOREVER = """
import sys
from pathlib import Path
from handler.adapters.storage.file_store import FileStore
store = FileStore(Path(sys.argv[1]))
tag = None
while True:
    for letter in (b"a", b"b"):
        tag = store.put(letter * 2_000_000, tag)
        print("written", flush=True)
"""


@pytest.mark.parametrize("delay", [0.0, 0.001, 0.003, 0.007, 0.015])
def test_a_writer_killed_in_the_middle_leaves_the_old_or_the_new(
    tmp_path: Path, delay: float
) -> None:
    command = [sys.executable, "-c", WRITE_FOREVER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        writer.stdout.readline()
        time.sleep(delay)
        writer.kill()

    stored = FileStore(tmp_path).read()

    assert stored.body in (b"a" * 2_000_000, b"b" * 2_000_000)
    assert FileStore(tmp_path).put(b"next", stored.etag)


@pytest.fixture
def unreachable() -> S3Location:
    return S3Location("bucket", "key", "us-east-1", "http://127.0.0.1:9")


def test_a_reader_of_a_server_that_is_not_there_says_so(unreachable: S3Location) -> None:
    reader = SigV4Reader(unreachable, Credentials("a", "b"), lambda: datetime.now(UTC))

    with pytest.raises(StoreUnavailable, match="cannot read s3://bucket/key: ConnectionRefused"):
        reader.read()


@pytest.fixture
def stranger(seaweed: SeaweedS3) -> Callable[[str], SnapshotReader]:
    """Readers of a full bucket with the wrong secret, or of a bucket that is not there."""
    bucket = f"bucket-{uuid4().hex[:12]}"
    seaweed.create_bucket(bucket)

    def reader(kind: str) -> SnapshotReader:
        name = bucket if kind == "wrong secret" else "no-such-bucket"
        address = S3Location(name, "key", seaweed.region, seaweed.endpoint_url)
        secret = "wrong" if kind == "wrong secret" else seaweed.secret_key
        return SigV4Reader(
            address, Credentials(seaweed.access_key, secret), lambda: datetime.now(UTC)
        )

    return reader


@pytest.mark.e2e
@pytest.mark.parametrize("kind", ["wrong secret", "no bucket"])
def test_a_store_that_refuses_is_unavailable_and_not_empty(
    stranger: Callable[[str], SnapshotReader], kind: str
) -> None:
    with pytest.raises(StoreUnavailable, match="cannot read s3://"):
        stranger(kind).read()


def test_a_store_of_a_server_that_is_not_there_says_so(unreachable: S3Location) -> None:
    store = Boto3Store(unreachable, impatient_client(unreachable))

    message = "s3://bucket/key: Could not connect"
    for attempt in (
        store.read,
        lambda: store.read_if_changed("tag"),
        lambda: store.put(b"x", None),
    ):
        with pytest.raises(StoreUnavailable, match=message):
            attempt()


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (status(500), StoreUnavailable),
        (status(403), StoreUnavailable),
        (status(404), WriteConflict),
        (status(409), WriteConflict),
        (status(412), WriteConflict),
    ],
    ids=["500", "403", "404", "409", "412"],
)
def test_a_refused_write_is_a_conflict_or_a_fault(
    behaviour: Behaviour, error: type[Exception]
) -> None:
    with Upstream(behaviour) as server:
        address = S3Location("bucket", "key", "us-east-1", server.url)
        store = Boto3Store(address, impatient_client(address))

        with pytest.raises(error, match="s3://bucket/key"):
            store.put(b"x", '"tag"')


def impatient_client(address: S3Location) -> "S3Client":
    """Return a client that tries once, with credentials that nobody checks."""
    return boto3.client(
        "s3",
        region_name=address.region,
        endpoint_url=address.endpoint_url,
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}),
    )
