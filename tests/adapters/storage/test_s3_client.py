import pytest

from handler.adapters.storage.s3_boto3 import s3_client
from handler.adapters.storage.s3_location import S3Location

LOCATION = S3Location.parse("s3://bucket/catalog", "eu-central-1", None)


def sign_with(key: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a URL that a client signs, made while the environment has a key."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    parameters = {"Bucket": LOCATION.bucket, "Key": LOCATION.key}
    return s3_client(LOCATION).generate_presigned_url("get_object", Params=parameters)


def test_each_client_has_the_credentials_of_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    urls = {key: sign_with(key, monkeypatch) for key in ("AKIAFIRST", "AKIASECOND")}

    assert {key: key in url for key, url in urls.items()} == {"AKIAFIRST": True, "AKIASECOND": True}
