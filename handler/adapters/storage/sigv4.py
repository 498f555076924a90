"""AWS Signature Version 4, for a GET of an object without a body or a query."""

import hmac
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple

from handler.adapters.storage.s3_location import S3Location

_EMPTY_BODY = sha256(b"").hexdigest()
_ALGORITHM = "AWS4-HMAC-SHA256"


class Credentials(NamedTuple):
    """An access key. The token is set for temporary credentials, as in Lambda."""

    access_key: str
    secret_key: str
    session_token: str | None = None


def sigv4_headers(location: S3Location, credentials: Credentials, now: datetime) -> dict[str, str]:
    """Return the headers of a signed GET of the object at a time: AWS Signature Version 4."""
    timestamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    headers = {"Host": location.host, "X-Amz-Content-Sha256": _EMPTY_BODY, "X-Amz-Date": timestamp}
    if credentials.session_token:
        headers["X-Amz-Security-Token"] = credentials.session_token
    names = ";".join(name.lower() for name in headers)
    lines = [f"{name.lower()}:{value}" for name, value in headers.items()]
    canonical_request = "\n".join(("GET", location.path, "", *lines, "", names, _EMPTY_BODY))
    scope = f"{timestamp[:8]}/{location.region}/s3/aws4_request"
    request_hash = sha256(canonical_request.encode()).hexdigest()
    string_to_sign = "\n".join((_ALGORITHM, timestamp, scope, request_hash))
    key = _signing_key(credentials, scope)
    signature = hmac.new(key, string_to_sign.encode(), sha256).hexdigest()
    headers["Authorization"] = (
        f"{_ALGORITHM} Credential={credentials.access_key}/{scope}, "
        f"SignedHeaders={names}, Signature={signature}"
    )
    return headers


def _signing_key(credentials: Credentials, scope: str) -> bytes:
    key = f"AWS4{credentials.secret_key}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
