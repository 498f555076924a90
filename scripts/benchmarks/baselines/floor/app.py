"""The floor: no framework and nothing rendered, only a stored page passed through from S3."""

import hmac
import os
from datetime import UTC, datetime
from hashlib import sha256
from http.client import HTTPSConnection

HOST = os.environ["AWS_ENDPOINT_URL_S3"].removeprefix("https://")
PATH = f"/{os.environ['BUCKET']}/{os.environ['PAGE']}"
EMPTY = sha256(b"").hexdigest()


def lambda_handler(_event: dict, _context: object) -> dict:
    """Return the stored page for any event."""
    connection = HTTPSConnection(HOST)
    connection.request("GET", PATH, headers=signed_headers())
    body = connection.getresponse().read().decode()
    return {"statusCode": 200, "headers": {"content-type": "text/html"}, "body": body}


def signed_headers() -> dict:
    """Return the headers of a signed GET request."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    headers = {"Host": HOST, "X-Amz-Content-Sha256": EMPTY, "X-Amz-Date": moment}
    names = ";".join(headers).lower()
    lines = "".join(f"{name.lower()}:{value}\n" for name, value in headers.items())
    scope = f"{moment[:8]}/{os.environ['AWS_REGION']}/s3/aws4_request"
    request = sha256(f"GET\n{PATH}\n\n{lines}\n{names}\n{EMPTY}".encode()).hexdigest()
    key = b"AWS4" + os.environ["AWS_SECRET_ACCESS_KEY"].encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    text = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{request}".encode()
    who = f"Credential={os.environ['AWS_ACCESS_KEY_ID']}/{scope}, SignedHeaders={names}"
    signature = hmac.digest(key, text, "sha256").hex()
    return {**headers, "Authorization": f"AWS4-HMAC-SHA256 {who}, Signature={signature}"}
