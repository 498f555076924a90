from datetime import UTC, datetime

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import ReadOnlyCredentials

from handler.adapters.storage.s3_location import S3Location
from handler.adapters.storage.sigv4 import Credentials, sigv4_headers

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
