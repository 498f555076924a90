import gzip
import os
import time
from pathlib import Path
from uuid import uuid4

import pytest

from handler.adapters.storage.file_archive import RETENTION_SECONDS, FileArchive
from handler.adapters.storage.s3_boto3 import Boto3Archive
from handler.adapters.storage.s3_location import S3Location
from handler.domain.errors import StoreUnavailable
from scripts.local_stack.seaweed import SeaweedS3


def test_a_body_is_archived_under_its_name(tmp_path: Path) -> None:
    archive = FileArchive(tmp_path / "raw")

    archive.put("abc", b"body" * 1000)
    archive.put("abc", b"body" * 1000)

    assert [path.name for path in (tmp_path / "raw").iterdir()] == ["abc.gz"]
    assert gzip.decompress((tmp_path / "raw" / "abc.gz").read_bytes()) == b"body" * 1000


def test_a_body_expires_after_some_weeks(tmp_path: Path) -> None:
    archive = FileArchive(tmp_path)
    archive.put("old", b"old")
    archive.put("young", b"young")
    for name, age in (("old", RETENTION_SECONDS + 60), ("young", RETENTION_SECONDS - 60)):
        then = time.time() - age
        os.utime(tmp_path / f"{name}.gz", (then, then))

    archive.put("new", b"new")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.gz", "young.gz"]


def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "raw").write_text("a file in the place of a folder")

    with pytest.raises(StoreUnavailable, match="cannot archive abc"):
        FileArchive(tmp_path / "raw").put("abc", b"body")


@pytest.mark.e2e
def test_a_body_is_archived_beside_the_snapshot(seaweed: SeaweedS3) -> None:
    bucket = f"bucket-{uuid4().hex[:12]}"
    seaweed.create_bucket(bucket)
    location = S3Location.parse(f"s3://{bucket}/catalog", seaweed.region, seaweed.endpoint_url)

    Boto3Archive(location, seaweed.client()).put("abc", b"body")

    response = seaweed.client().get_object(Bucket=bucket, Key="catalog/raw/abc.gz")
    assert gzip.decompress(response["Body"].read()) == b"body"


@pytest.mark.e2e
def test_a_missing_bucket_is_unavailable(seaweed: SeaweedS3) -> None:
    location = S3Location.parse("s3://nowhere", seaweed.region, seaweed.endpoint_url)

    with pytest.raises(StoreUnavailable, match=r"cannot archive s3://nowhere/raw/abc\.gz"):
        Boto3Archive(location, seaweed.client()).put("abc", b"body")
