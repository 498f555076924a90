"""Conditional requests, byte ranges and content encodings (RFC 9110), on plain values.

Crawlers combine all three in unusual ways. None of them ever gets a 416, and a range is always
taken from the uncompressed body.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from handler.web.http.headers import HTML, NON_HTML_CSP, SECURITY_HEADERS, TYPES_WITHOUT_CSP
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse, Response

_BYTE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)
_ACCEPTED_GZIP = re.compile(r"\s*(?:x-)?gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$)[\d.]+\s*)?", re.ASCII)
_MIN_GZIP_BYTES = 600
_MAX_HEADER_SETS = 256

_Headers = tuple[tuple[str, str], ...]


def apply_conditions(request: Request, response: CacheableResponse, csp: str) -> Response:
    """Return what a GET or HEAD is sent: the body, part of it, or 304.

    `csp` is the Content-Security-Policy of HTML that brings none of its own.
    """
    use_gzip = _accepts_gzip(request.headers, response)
    etag = response.gzip_etag if use_gzip else response.etag
    if response.status == 200 and is_not_modified(request.headers, response):
        return _with_headers(304, b"", response, csp, (("etag", etag),))
    span = _byte_range(request, response)
    if span:
        return _partial_response(response, span, csp)
    body = response.gzip_body if use_gzip else response.body
    encoding: _Headers = (("content-encoding", "gzip"),) if use_gzip else ()
    own = (("etag", etag), *encoding, ("content-length", str(len(body))))
    sent = b"" if request.method == "HEAD" else body
    return _with_headers(response.status, sent, response, csp, own)


def is_not_modified(headers: Mapping[str, str], response: CacheableResponse) -> bool:
    """Return whether If-None-Match names the response.

    The comparison is weak: CloudFront makes strong ETags weak when it compresses.
    """
    sent = headers.get("if-none-match", "")
    if not sent:
        return False
    etags = {etag.strip().removeprefix("W/") for etag in sent.split(",")}
    return bool(etags & {response.etag, response.gzip_etag, "*"})


def _accepts_gzip(headers: Mapping[str, str], response: CacheableResponse) -> bool:
    codings = headers.get("accept-encoding", "").lower().split(",")
    return (
        response.is_compressible
        and len(response.body) >= _MIN_GZIP_BYTES
        and any(map(_ACCEPTED_GZIP.fullmatch, codings))
    )


def _byte_range(request: Request, response: CacheableResponse) -> range:
    """Return the requested bytes; empty where the whole body must be sent."""
    match = _BYTE_RANGE.fullmatch(request.headers.get("range", "").strip())
    if not match or request.method != "GET" or response.status != 200:
        return range(0)
    if request.headers.get("if-range", response.etag) != response.etag:
        return range(0)
    first, last = match.groups()
    size = len(response.body)
    if first:
        return range(int(first), min(int(last) + 1 if last else size, size))
    return range(max(0, size - int(last or 0)), size)


def _partial_response(response: CacheableResponse, span: range, csp: str) -> Response:
    body = response.body[span.start : span.stop]
    own = (
        ("etag", response.etag),
        ("content-range", f"bytes {span.start}-{span.stop - 1}/{len(response.body)}"),
        ("content-length", str(len(body))),
    )
    return _with_headers(206, body, response, csp, own)


def _with_headers(
    status: int, body: bytes, response: CacheableResponse, csp: str, own: _Headers
) -> Response:
    common = _common_headers(
        response.content_type, response.cache_control, response.status, response.extra_headers, csp
    )
    return Response(status, common + own, body)


@lru_cache(_MAX_HEADER_SETS)
def _common_headers(
    content_type: str, cache_control: str, status: int, extra: _Headers, csp: str
) -> _Headers:
    headers = {
        **SECURITY_HEADERS,
        "cache-control": cache_control,
        "vary": "Accept-Encoding",
        **dict(extra),
    }
    if status == 200:
        headers["accept-ranges"] = "bytes"
    if content_type not in TYPES_WITHOUT_CSP:
        policy = csp if content_type == HTML else NON_HTML_CSP
        headers.setdefault("content-security-policy", policy)
    headers["content-type"] = content_type
    return tuple(headers.items())
