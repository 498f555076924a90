"""scripts/rollback against a real S3 server with versioning."""

import re
from dataclasses import dataclass
from uuid import uuid4

import pytest

from handler.adapters.storage.s3_boto3 import Boto3Store
from handler.adapters.storage.s3_location import S3Location
from handler.domain.errors import WriteConflict
from handler.domain.snapshot.decode import decode_whole
from handler.domain.snapshot.names import OLDER_OBJECT_NAME
from scripts.aws.snapshot_versions import list_versions, restore
from scripts.commands import rollback
from scripts.local_stack.seaweed import SeaweedS3
from tests.support.builders import HERMES, catalog_bytes, record

pytestmark = pytest.mark.e2e

LATEST = [HERMES, record("acme/one")]


@dataclass(frozen=True)
class Versioned:
    """A store with three versions: one model, two models, damaged; and their ids."""

    location: S3Location
    store: Boto3Store
    ids: list[str]

    @property
    def option(self) -> str:
        return f"--store=s3://{self.location.bucket}/catalog"


@pytest.fixture
def versioned(seaweed: SeaweedS3, monkeypatch: pytest.MonkeyPatch) -> Versioned:
    bucket, client = f"bucket-{uuid4().hex[:12]}", seaweed.client()
    seaweed.create_bucket(bucket)
    client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    location = S3Location.parse(f"s3://{bucket}/catalog", seaweed.region, seaweed.endpoint_url)
    store = Boto3Store(location, client)
    etag = None
    for body in (catalog_bytes([HERMES]), catalog_bytes(LATEST), b"damaged"):
        etag = store.put(body, etag)
    client.put_object(Bucket=bucket, Key=f"{location.key}.other", Body=b"another object")
    for name, value in {
        "AWS_REGION": seaweed.region,
        "AWS_ENDPOINT_URL_S3": seaweed.endpoint_url,
        "AWS_ACCESS_KEY_ID": seaweed.access_key,
        "AWS_SECRET_ACCESS_KEY": seaweed.secret_key,
    }.items():
        monkeypatch.setenv(name, value)
    ids = [version.id for version in list_versions(location, client)]
    return Versioned(location, store, ids[::-1])


def test_versions_are_listed_with_their_contents(
    versioned: Versioned, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rollback.main([versioned.option, "--list"]) == 0

    heading, *lines = capsys.readouterr().out.splitlines()
    as_of = decode_whole(catalog_bytes([HERMES])).as_of.strftime("%Y-%m-%d %H:%MZ")
    assert re.split(r"\s{2,}| (?=MODELS|AS)", heading) == [
        "VERSION",
        "WRITTEN",
        "BYTES",
        "MODELS",
        "AS OF",
    ]
    assert [line.split()[0] for line in lines] == versioned.ids[::-1]
    assert [" ".join(line.split()[4:]) for line in lines] == [
        "? unreadable (current)",
        f"2 {as_of}",
        f"1 {as_of}",
    ]


def test_list_is_limited(versioned: Versioned, capsys: pytest.CaptureFixture[str]) -> None:
    assert rollback.main([versioned.option, "--list", "--last", "1"]) == 0

    assert len(capsys.readouterr().out.splitlines()) == 2


def test_restore_adds_a_version_and_keeps_the_others(
    versioned: Versioned, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rollback.main([versioned.option, "--to", versioned.ids[1]]) == 0

    assert versioned.store.read().body == catalog_bytes(LATEST)
    assert capsys.readouterr().out.startswith(f"Restored {versioned.ids[1]}: 2 models as of ")
    rollback.main([versioned.option, "--list"])
    ids = [line.split()[0] for line in capsys.readouterr().out.splitlines()[1:]]
    assert ids[1:] == versioned.ids[::-1]


def test_a_version_of_the_older_object_is_listed_and_restored(
    versioned: Versioned, seaweed: SeaweedS3, capsys: pytest.CaptureFixture[str]
) -> None:
    place = versioned.location.sibling(OLDER_OBJECT_NAME)
    older = Boto3Store(place, seaweed.client())
    older.put(catalog_bytes([HERMES]), None)
    before = older.read()
    rollback.main([versioned.option, "--list"])
    listed = capsys.readouterr().out.splitlines()[-1]
    assert listed.endswith(f" ({OLDER_OBJECT_NAME})")

    assert rollback.main([versioned.option, "--to", listed.split()[0]]) == 0

    assert versioned.store.read().body == before.body
    assert older.read() == before


@pytest.mark.parametrize("which", ["damaged", "absent"])
def test_unreadable_version_is_not_restored(
    versioned: Versioned, which: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = versioned.store.read()
    version = versioned.ids[2] if which == "damaged" else "0" * 32

    assert rollback.main([versioned.option, "--to", version]) == 1

    assert versioned.store.read() == before
    assert capsys.readouterr().err.startswith("Cannot roll back: ")


def test_concurrent_refresh_is_not_overwritten(versioned: Versioned, seaweed: SeaweedS3) -> None:
    fresh = catalog_bytes([record("acme/fresh")])
    versioned.store.put(catalog_bytes(LATEST), versioned.store.read().etag)

    def refresh(**_event: object) -> None:
        """Write like a refresh, after the rollback has read the version to restore."""
        versioned.store.put(fresh, versioned.store.read().etag)

    client = seaweed.client()
    client.meta.events.register("before-call.s3.PutObject", refresh)
    with pytest.raises(WriteConflict):
        restore(versioned.location, client, versioned.ids[0])

    assert versioned.store.read().body == fresh
