"""The contract of every store, and of every reader."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from handler.adapters.storage.file_store import FileStore
from handler.adapters.storage.s3_boto3 import Boto3Store
from handler.adapters.storage.s3_location import S3Location
from handler.adapters.storage.s3_sigv4 import SigV4Reader
from handler.adapters.storage.sigv4 import Credentials
from handler.domain.errors import (
    InvalidSnapshot,
    SnapshotMissing,
    SnapshotReplaced,
    StoreUnavailable,
    WriteConflict,
)
from handler.domain.snapshot.decode import decode_whole
from handler.domain.snapshot.names import MARKER_NAME, OBJECT_NAME
from handler.ports import ObjectStart, SnapshotReader, SnapshotStore, StoredObject
from scripts.local_stack.seaweed import SeaweedS3
from tests.support.builders import MemoryStore
from tests.support.s3 import impatient_s3_client
from tests.support.servers.upstream import Behaviour, Upstream, answers, status

STORES = ["memory", "folder", pytest.param("boto", marks=pytest.mark.e2e)]
READERS = [*STORES, pytest.param("signed", marks=pytest.mark.e2e)]


@dataclass
class Pair:
    """A store, and a reader of the same snapshot, which may be the store itself."""

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
    location = S3Location(bucket, "deep/er key+é/catalog.gz", server.region, server.endpoint_url)
    store = Boto3Store(location, server.client())
    credentials = Credentials(server.access_key, server.secret_key)
    signed = SigV4Reader(location, credentials, lambda: datetime.now(UTC))
    return Pair(store, signed if request.param == "signed" else store)


each_store = pytest.mark.parametrize("pair", STORES, indirect=True)
each_reader = pytest.mark.parametrize("pair", READERS, indirect=True)


@each_reader
def test_an_empty_store_has_no_snapshot(pair: Pair) -> None:
    with pytest.raises(SnapshotMissing):
        pair.reader.read_start(9)


@each_store
def test_a_written_body_is_read_with_its_etag(pair: Pair) -> None:
    body = os.urandom(300_000)

    etag = pair.store.put(body, None)

    assert pair.store.read() == StoredObject(body, etag)


@each_reader
@pytest.mark.parametrize("max_bytes", [1, 299_999, 300_000, 300_001])
def test_the_beginning_is_read_with_the_whole_size(pair: Pair, max_bytes: int) -> None:
    body = os.urandom(300_000)

    etag = pair.store.put(body, None)

    assert pair.reader.read_start(max_bytes) == ObjectStart(body[:max_bytes], etag, 300_000)


@each_reader
@pytest.mark.parametrize(("start", "stop"), [(0, 1), (1_000, 250_000), (299_999, 300_000)])
def test_a_range_has_the_bytes_between_two_offsets(pair: Pair, start: int, stop: int) -> None:
    body = os.urandom(300_000)

    etag = pair.store.put(body, None)

    assert pair.reader.read_range(start, stop, etag) == body[start:stop]


@each_reader
@pytest.mark.parametrize(("start", "stop"), [(2, 9), (5, 9), (7, 9)])
def test_a_range_beyond_the_end_is_invalid(pair: Pair, start: int, stop: int) -> None:
    etag = pair.store.put(b"short", None)

    with pytest.raises(InvalidSnapshot, match="ends"):
        pair.reader.read_range(start, stop, etag)


@each_reader
@pytest.mark.parametrize("now", [b"same size!", b"short", b"much longer than it was"])
def test_a_range_of_a_replaced_snapshot_is_not_read(pair: Pair, now: bytes) -> None:
    old = pair.store.put(b"0123456789", None)
    new = pair.store.put(now, old)

    for start, stop in ((0, 2), (6, 10)):
        with pytest.raises(SnapshotReplaced):
            pair.reader.read_range(start, stop, old)
    assert pair.reader.read_range(0, 2, new) == now[:2]


@each_reader
def test_a_range_of_a_removed_snapshot_was_replaced(pair: Pair) -> None:
    with pytest.raises(SnapshotReplaced):
        pair.reader.read_range(0, 2, '"d41d8cd98f00b204e9800998ecf8427e"')


@each_reader
def test_an_empty_object_is_no_snapshot(pair: Pair) -> None:
    pair.store.put(b"", None)

    with pytest.raises(InvalidSnapshot):
        decode_whole((pair.reader.read_start(9) or pytest.fail("not read")).body)


@each_reader
def test_only_a_changed_snapshot_is_read_again(pair: Pair) -> None:
    old = pair.store.put(b"old", None)
    assert pair.reader.read_start(9, old) is None

    new = pair.store.put(b"new", old)

    assert pair.reader.read_start(9, old) == ObjectStart(b"new", new, 3)
    assert pair.reader.read_start(9, new) is None


@each_store
@pytest.mark.parametrize("if_match", [None, '"d41d8cd98f00b204e9800998ecf8427e"'])
def test_a_write_with_another_etag_changes_nothing(pair: Pair, if_match: str | None) -> None:
    etag = pair.store.put(b"first", None)

    with pytest.raises(WriteConflict):
        pair.store.put(b"second", if_match)

    assert pair.store.read() == StoredObject(b"first", etag)


@each_store
def test_a_write_with_an_etag_to_an_empty_store_conflicts(pair: Pair) -> None:
    with pytest.raises(WriteConflict):
        pair.store.put(b"second", '"d41d8cd98f00b204e9800998ecf8427e"')


@each_store
def test_one_of_many_concurrent_writers_succeeds(pair: Pair) -> None:
    etag = pair.store.put(b"start", None)
    written: list[bytes] = []

    def write(body: bytes) -> None:
        try:
            pair.store.put(body, etag)
        except WriteConflict:
            return
        written.append(body)

    threads = [threading.Thread(target=write, args=(b"%d" % n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [pair.store.read().body] == written


# --- One kind of store alone


def test_a_folder_that_cannot_be_read_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / OBJECT_NAME).mkdir()

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

    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", OBJECT_NAME, MARKER_NAME]
    assert store.read().body == b"first"


def test_the_next_write_removes_a_killed_writer_s_file(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    etag = store.put(b"first", None)
    (tmp_path / ".new-killed").write_bytes(b"half of it")

    store.put(b"second", etag)

    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", OBJECT_NAME, MARKER_NAME]


WRITE_FOREVER = """
import sys
from pathlib import Path
from handler.adapters.storage.file_store import FileStore
store = FileStore(Path(sys.argv[1]))
etag = None
while True:
    for letter in (b"a", b"b"):
        etag = store.put(letter * 2_000_000, etag)
        print("written", flush=True)
"""


@pytest.mark.parametrize("delay", [0.0, 0.001, 0.003, 0.007, 0.015])
def test_a_killed_writer_leaves_the_old_or_the_new_body(tmp_path: Path, delay: float) -> None:
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


def test_a_reader_without_its_server_is_unavailable(unreachable: S3Location) -> None:
    reader = SigV4Reader(unreachable, Credentials("a", "b"), lambda: datetime.now(UTC))

    with pytest.raises(StoreUnavailable, match="cannot read s3://bucket/key: ConnectionRefused"):
        reader.read_start(9)


@pytest.fixture
def refused_reader(seaweed: SeaweedS3) -> Callable[[str], SnapshotReader]:
    """Makes readers of a bucket with the wrong secret, or of a missing bucket."""
    bucket = f"bucket-{uuid4().hex[:12]}"
    seaweed.create_bucket(bucket)

    def reader(kind: str) -> SnapshotReader:
        name = bucket if kind == "wrong secret" else "no-such-bucket"
        location = S3Location(name, "key", seaweed.region, seaweed.endpoint_url)
        secret = "wrong" if kind == "wrong secret" else seaweed.secret_key
        return SigV4Reader(
            location, Credentials(seaweed.access_key, secret), lambda: datetime.now(UTC)
        )

    return reader


@pytest.mark.e2e
@pytest.mark.parametrize("kind", ["wrong secret", "no bucket"])
def test_a_refused_read_is_unavailable_and_not_missing(
    refused_reader: Callable[[str], SnapshotReader], kind: str
) -> None:
    with pytest.raises(StoreUnavailable, match="cannot read s3://"):
        refused_reader(kind).read_start(9)


def test_a_store_without_its_server_is_unavailable(unreachable: S3Location) -> None:
    store = Boto3Store(unreachable, impatient_s3_client(unreachable))

    message = "s3://bucket/key: Could not connect"
    for attempt in (
        store.read,
        lambda: store.read_start(9, "etag"),
        lambda: store.read_range(0, 9, "etag"),
        lambda: store.put(b"x", None),
    ):
        with pytest.raises(StoreUnavailable, match=message):
            attempt()


def test_a_part_is_read_whole_or_refused() -> None:
    part = answers(206, b"par", {"ETag": '"tag"', "Content-Range": "bytes 3-5/9"})
    # the whole object, which ends within the part
    whole = answers(200, b"01234", {"ETag": '"tag"'})
    with Upstream(part, whole) as server:
        location = S3Location("bucket", "key", "us-east-1", server.url)
        store = Boto3Store(location, impatient_s3_client(location))

        assert store.read_range(3, 6, '"tag"') == b"par"
        with pytest.raises(InvalidSnapshot, match="s3://bucket/key ends before byte 6"):
            store.read_range(3, 6, '"tag"')


@pytest.mark.parametrize(
    "behaviour",
    [
        status(412),
        answers(404, b"<Error><Code>NoSuchKey</Code></Error>"),
        answers(206, b"par", {"ETag": '"other"', "Content-Range": "bytes 3-5/9"}),
    ],
    ids=["condition failed", "deleted", "another"],
)
def test_a_part_of_another_snapshot_is_not_read(behaviour: Behaviour) -> None:
    with Upstream(behaviour) as server:
        location = S3Location("bucket", "key", "us-east-1", server.url)
        store = Boto3Store(location, impatient_s3_client(location))

        with pytest.raises(SnapshotReplaced, match="s3://bucket/key"):
            store.read_range(3, 6, '"tag"')


@pytest.mark.parametrize(("known_etag", "is_read"), [('"tag"', True), ("", False)])
def test_only_a_known_snapshot_is_unchanged(known_etag: str, is_read: bool) -> None:
    with Upstream(answers(304)) as server:
        location = S3Location("bucket", "key", "us-east-1", server.url)
        store = Boto3Store(location, impatient_s3_client(location))

        with nullcontext() if is_read else pytest.raises(StoreUnavailable):
            assert store.read_start(9, known_etag) is None


@pytest.mark.parametrize("code", [403, 412, 500])
def test_a_refused_read_is_not_an_unchanged_snapshot(code: int) -> None:
    with Upstream(status(code)) as server:
        location = S3Location("bucket", "key", "us-east-1", server.url)
        store = Boto3Store(location, impatient_s3_client(location))

        with pytest.raises(StoreUnavailable, match="cannot read s3://bucket/key"):
            store.read_start(9, '"etag"')


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
def test_a_refused_write_is_a_conflict_or_unavailable(
    behaviour: Behaviour, error: type[Exception]
) -> None:
    with Upstream(behaviour) as server:
        location = S3Location("bucket", "key", "us-east-1", server.url)
        store = Boto3Store(location, impatient_s3_client(location))

        with pytest.raises(error, match="s3://bucket/key"):
            store.put(b"x", '"etag"')
