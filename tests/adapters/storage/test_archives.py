import gzip
import os
import time
from pathlib import Path
from uuid import uuid4

import pytest

from handler.adapters.storage.file_archive import KEPT_SECONDS, FolderArchive
from handler.adapters.storage.s3_boto3 import BotoArchive
from handler.adapters.storage.s3_location import s3_address
from handler.domain.errors import StoreUnavailable
from scripts.local_stack.seaweed import SeaweedS3


def test_a_body_is_kept_under_its_name(tmp_path: Path) -> None:
    archive = FolderArchive(tmp_path / "raw")

    archive.keep("abc", b"body" * 1000)
    archive.keep("abc", b"body" * 1000)

    assert [path.name for path in (tmp_path / "raw").iterdir()] == ["abc.gz"]
    assert gzip.decompress((tmp_path / "raw" / "abc.gz").read_bytes()) == b"body" * 1000


def test_a_body_is_kept_for_some_weeks(tmp_path: Path) -> None:
    archive = FolderArchive(tmp_path)
    archive.keep("old", b"old")
    archive.keep("young", b"young")
    for name, age in (("old", KEPT_SECONDS + 60), ("young", KEPT_SECONDS - 60)):
        then = time.time() - age
        os.utime(tmp_path / f"{name}.gz", (then, then))

    archive.keep("new", b"new")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.gz", "young.gz"]


def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "raw").write_text("a file, where a folder should be")

    with pytest.raises(StoreUnavailable, match="cannot archive abc"):
        FolderArchive(tmp_path / "raw").keep("abc", b"body")


@pytest.mark.e2e
def test_a_bucket_keeps_bodies_beside_the_snapshot(seaweed: SeaweedS3) -> None:
    bucket = f"bucket-{uuid4().hex[:12]}"
    seaweed.create_bucket(bucket)
    address = s3_address(f"s3://{bucket}/catalog", seaweed.region, seaweed.endpoint_url)

    BotoArchive(address, seaweed.client()).keep("abc", b"body")

    kept = seaweed.client().get_object(Bucket=bucket, Key="catalog/raw/abc.gz")
    assert gzip.decompress(kept["Body"].read()) == b"body"


@pytest.mark.e2e
def test_a_bucket_that_is_not_there_is_unavailable(seaweed: SeaweedS3) -> None:
    address = s3_address("s3://nowhere", seaweed.region, seaweed.endpoint_url)

    with pytest.raises(StoreUnavailable, match=r"cannot archive s3://nowhere/raw/abc\.gz"):
        BotoArchive(address, seaweed.client()).keep("abc", b"body")
