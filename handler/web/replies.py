"""Answer a request with a document: method, conditions, ranges and encodings (RFC 9110).

Crawlers send all of them in odd combinations. None of them ever gets a 416, and a range always
comes from the uncompressed body.
"""

import re
from collections.abc import Mapping

from starlette.responses import Response

from handler.web.documents import HTML, ICO, PNG, SVG, Document

# Of all that a request may say in headers, this is what changes an answer.
READ_HEADERS = ("accept-encoding", "if-none-match", "if-range", "range")

# What is no page loads nothing, runs nothing and stands in no frame. Pictures go without: browsers
# style the page on which they show one alone, and an SVG may style itself.
NO_PAGE = "default-src 'none'; frame-ancestors 'none'"
_PICTURES = frozenset({PNG, ICO, SVG})

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_SMALLEST_GZIPPED = 600
_GZIP = re.compile(r"\s*(?:x-)?gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$)[\d.]+\s*)?")

SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "strict-transport-security": "max-age=31536000",
    "cross-origin-opener-policy": "same-origin",
}


def reply(method: str, headers: Mapping[str, str], document: Document, csp: str) -> Response:
    """Return the response to a GET or HEAD with these headers.

    `csp` goes with HTML that brings no policy of its own.
    """
    common = _common_headers(document, csp)
    if document.status == 200 and is_known(headers, document):
        unchanged = {**common, "etag": _etag(headers, document)}
        return Response(b"", 304, unchanged, document.content_type)
    span = _span(method, headers, document)
    if span:
        return _partial(document, span, common)
    body = document.gzipped if _gzip_wanted(headers, document) else document.body
    if body is not document.body:
        common["content-encoding"] = "gzip"
    common["etag"] = _etag(headers, document)
    common["content-length"] = str(len(body))
    sent = b"" if method == "HEAD" else body
    return Response(sent, document.status, common, document.content_type)


def is_known(headers: Mapping[str, str], document: Document) -> bool:
    """Return whether a request has the document already.

    Compared weakly: CloudFront makes strong ETags weak when it compresses.
    """
    named = headers.get("if-none-match", "").split(",")
    tags = {tag.strip().removeprefix("W/") for tag in named}
    return bool(tags & {document.etag, document.gzip_etag, "*"})


def _common_headers(document: Document, csp: str) -> dict[str, str]:
    headers = {
        **SECURITY_HEADERS,
        "cache-control": document.cache_control,
        "vary": "Accept-Encoding",
        **dict(document.extra_headers),
    }
    if document.status == 200:
        headers["accept-ranges"] = "bytes"
    if document.content_type not in _PICTURES:
        policy = csp if document.content_type == HTML else NO_PAGE
        headers.setdefault("content-security-policy", policy)
    return headers


def _etag(headers: Mapping[str, str], document: Document) -> str:
    return document.gzip_etag if _gzip_wanted(headers, document) else document.etag


def _gzip_wanted(headers: Mapping[str, str], document: Document) -> bool:
    codings = headers.get("accept-encoding", "").lower().split(",")
    return (
        document.is_compressible
        and len(document.body) >= _SMALLEST_GZIPPED
        and any(map(_GZIP.fullmatch, codings))
    )


def _span(method: str, headers: Mapping[str, str], document: Document) -> range:
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


def _partial(document: Document, span: range, common: dict[str, str]) -> Response:
    size = len(document.body)
    headers = {
        **common,
        "etag": document.etag,
        "content-range": f"bytes {span.start}-{span.stop - 1}/{size}",
    }
    body = document.body[span.start : span.stop]
    return Response(body, 206, headers, document.content_type)
