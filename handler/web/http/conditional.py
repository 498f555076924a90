"""Answer a request with a document: method, conditions, ranges and encodings (RFC 9110).

Crawlers send all of them in odd combinations. None of them ever gets a 416, and a range always
comes from the uncompressed body.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from starlette.responses import Response

from handler.web.http.headers import HTML, NON_HTML_CSP, SECURITY_HEADERS, UNSTYLED_PICTURES
from handler.web.http.response import CacheableResponse

# Of all that a request may say in headers, this is what changes an answer.
VARYING_REQUEST_HEADERS = ("accept-encoding", "if-none-match", "if-range", "range")


_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_MIN_GZIP_BYTES = 600
_MAX_HEADER_SETS = 256
_GZIP = re.compile(r"\s*(?:x-)?gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$)[\d.]+\s*)?")


def apply_conditions(
    method: str, headers: Mapping[str, str], document: CacheableResponse, csp: str
) -> Response:
    """Return the response to a GET or HEAD with these headers.

    `csp` goes with HTML that brings no policy of its own.
    """
    is_gzip_wanted = _accepts_gzip(headers, document)
    etag = document.gzip_etag if is_gzip_wanted else document.etag
    if document.status == 200 and is_not_modified(headers, document):
        return _response(304, b"", document, csp, {"etag": etag})
    span = _byte_range(method, headers, document)
    if span:
        return _partial_response(document, span, csp)
    own = {"etag": etag}
    if is_gzip_wanted:
        own["content-encoding"] = "gzip"
    body = document.gzip_body if is_gzip_wanted else document.body
    own["content-length"] = str(len(body))
    return _response(document.status, b"" if method == "HEAD" else body, document, csp, own)


def is_not_modified(headers: Mapping[str, str], document: CacheableResponse) -> bool:
    """Return whether a request has the document already.

    Compared weakly: CloudFront makes strong ETags weak when it compresses.
    """
    named = headers.get("if-none-match", "").split(",")
    tags = {tag.strip().removeprefix("W/") for tag in named}
    return bool(tags & {document.etag, document.gzip_etag, "*"})


def _response(
    status: int, body: bytes, document: CacheableResponse, csp: str, own: Mapping[str, str]
) -> Response:
    """Return a response with its own headers behind those of all documents that are so cached."""
    response = Response(body, status)
    response.raw_headers = [
        *_common_headers(
            document.content_type,
            document.cache_control,
            document.status,
            document.extra_headers,
            csp,
        ),
        *_encoded(own),
    ]
    return response


@lru_cache(_MAX_HEADER_SETS)
def _common_headers(
    content_type: str,
    cache_control: str,
    status: int,
    extra: tuple[tuple[str, str], ...],
    csp: str,
) -> tuple[tuple[bytes, bytes], ...]:
    headers = {
        **SECURITY_HEADERS,
        "cache-control": cache_control,
        "vary": "Accept-Encoding",
        **dict(extra),
    }
    if status == 200:
        headers["accept-ranges"] = "bytes"
    if content_type not in UNSTYLED_PICTURES:
        policy = csp if content_type == HTML else NON_HTML_CSP
        headers.setdefault("content-security-policy", policy)
    headers["content-type"] = content_type
    return _encoded(headers)


def _encoded(headers: Mapping[str, str]) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name.encode("latin-1"), text.encode("latin-1")) for name, text in headers.items())


def _accepts_gzip(headers: Mapping[str, str], document: CacheableResponse) -> bool:
    codings = headers.get("accept-encoding", "").lower().split(",")
    return (
        document.is_compressible
        and len(document.body) >= _MIN_GZIP_BYTES
        and any(map(_GZIP.fullmatch, codings))
    )


def _byte_range(method: str, headers: Mapping[str, str], document: CacheableResponse) -> range:
    """Return the bytes asked for, none where the whole must be sent."""
    match = _RANGE.fullmatch(headers.get("range", "").strip())
    unchanged = headers.get("if-range", document.etag) == document.etag
    if method != "GET" or document.status != 200 or not match or not unchanged:
        return range(0)
    first, last = match.groups()
    size = len(document.body)
    if first:
        return range(int(first), min(int(last) + 1 if last else size, size))
    return range(max(0, size - int(last or 0)), size)


def _partial_response(document: CacheableResponse, span: range, csp: str) -> Response:
    body = document.body[span.start : span.stop]
    own = {
        "etag": document.etag,
        "content-range": f"bytes {span.start}-{span.stop - 1}/{len(document.body)}",
        "content-length": str(len(body)),
    }
    return _response(206, body, document, csp, own)
