import pytest

from handler.adapters.storage.s3_location import S3Location
from handler.domain.errors import SettingsError


@pytest.mark.parametrize(
    ("store", "expected"),
    [
        ("s3://b/catalog", "s3://b/catalog/catalog-5.jsonl.gz"),
        ("s3://b/catalog/", "s3://b/catalog/catalog-5.jsonl.gz"),
        ("s3://b", "s3://b/catalog-5.jsonl.gz"),
    ],
)
def test_a_store_url_names_one_object(store: str, expected: str) -> None:
    assert S3Location.parse(store, "us-east-1", None).url == expected


@pytest.mark.parametrize(("store", "region"), [("s3://", "us-east-1"), ("s3://bucket", "")])
def test_a_location_needs_a_bucket_and_a_region(store: str, region: str) -> None:
    with pytest.raises(SettingsError, match="AWS_REGION"):
        S3Location.parse(store, region, None)


@pytest.mark.parametrize(("key", "sibling"), [("a/b/c.gz", "a/b/d"), ("c.gz", "d")])
def test_a_sibling_has_the_same_prefix(key: str, sibling: str) -> None:
    location = S3Location("bucket", key, "us-east-1")

    assert location.sibling("d") == location._replace(key=sibling)
