import json
from base64 import b64encode
from typing import Any

import pytest

from handler.web.http.headers import HTML, PNG
from handler.web.http.lambda_event import build_result, is_request, parse_event
from handler.web.http.request import Request
from handler.web.http.response import Response
from tests.support.http.lambda_events import http_event, scheduled_event


def test_event_becomes_a_plain_request() -> None:
    headers = {"Accept-Encoding": "gzip", "Cookie": "a=1", "X-Forwarded-Host": "evil.example"}
    event = http_event("/acme%2Fone", "HEAD", headers, "m=a%2Fb&m=c")

    request = parse_event(event)

    assert request == Request("HEAD", "/acme/one", "m=a%2Fb&m=c", {"accept-encoding": "gzip"})
    assert request.params() == [("m", "a/b"), ("m", "c")]


@pytest.mark.parametrize(
    ("changed", "path"),
    [({"rawPath": ""}, "/"), ({"rawPath": "/a\ud800"}, "/a?"), ({"headers": None}, "/acme")],
    ids=["empty path", "half a character", "no headers"],
)
def test_odd_event_becomes_a_request(changed: dict[str, Any], path: str) -> None:
    assert parse_event({**http_event("/acme"), **changed}).path == path


@pytest.mark.parametrize(
    ("content_type", "extra", "body", "is_text"),
    [
        (HTML, (), "<p>Ü".encode(), True),
        (HTML, (), b"", True),
        (HTML, (), "Ü".encode()[:1], False),
        (HTML, (("content-encoding", "gzip"),), b"\x1f\x8b", False),
        (PNG, (), b"\x89PNG", False),
    ],
    ids=["text", "empty", "half a character", "compressed", "image"],
)
def test_only_text_goes_out_as_it_is(
    content_type: str, extra: tuple[tuple[str, str], ...], body: bytes, is_text: bool
) -> None:
    headers = (("content-type", content_type), *extra)

    assert build_result(Response(200, headers, body)) == {
        "statusCode": 200,
        "headers": dict(headers),
        "body": body.decode() if is_text else b64encode(body).decode(),
        "isBase64Encoded": not is_text,
    }


@pytest.mark.promise("P19", "events of no request")
@pytest.mark.parametrize(
    "event",
    [
        {},
        {"key1": "value1", "key2": "value2", "key3": "value3"},
        {"source": "serverless-plugin-warmup"},
        {"requestContext": None},
        {"requestContext": {"http": {"method": "GET"}}},
        {"requestContext": {"elb": {}}, "httpMethod": "GET", "path": "/"},
        {"Records": [{"eventSource": "aws:s3"}]},
        scheduled_event(),
        [],
        "warm",
        None,
    ],
    ids=str,
)
def test_an_event_of_no_request_is_none(event: object) -> None:
    assert not is_request(event)


def test_an_event_of_a_request_is_one() -> None:
    assert is_request(http_event("/acme"))


def test_a_large_text_grows_by_no_more_than_a_third() -> None:
    """Of quotes and other letters than ASCII, JSON makes up to three times as much."""
    body = ('"é' * 500_000).encode()

    result = build_result(Response(200, (("content-type", HTML),), body))

    assert len(json.dumps(result)) < 6_000_000 * len(body) / 4_500_000 + 1_000
