"""What AWS sends our functions: HTTP API requests (payload 2.0) and scheduled events."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote

DOMAIN_NAME = "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com"
SOURCE_IP = "203.0.113.7"

_ACCOUNT = "123456789012"
_REQUEST_ID = "JKJaXmPLvHcESHA="


def http_event(
    path: str, method: str = "GET", headers: Mapping[str, str] | None = None, query: str = ""
) -> dict[str, Any]:
    """Return an HTTP API event, payload 2.0, for a path and query as a client sends them.

    As API Gateway does, the path is decoded, and ends before a decoded question mark.
    See https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
    """
    decoded_path = unquote(path).partition("?")[0]
    sent = _headers(headers or {})
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": decoded_path,
        "rawQueryString": query,
        "headers": sent,
        "requestContext": _request_context(method, decoded_path, sent["user-agent"]),
        "isBase64Encoded": False,
    }
    cookies = sent.pop("cookie", "")
    if cookies:
        event["cookies"] = cookies.split("; ")
    if query:
        event["queryStringParameters"] = _joined_by_name(query)
    return event


def scheduled_event() -> dict[str, Any]:
    """Return what EventBridge Scheduler sends to a function when a schedule has no input.

    Unlike an EventBridge rule's, its `detail` is a string.
    """
    return {
        "version": "0",
        "id": "7bf73129-1428-4cd3-a780-95db273d1602",
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": _ACCOUNT,
        "time": "2026-11-24T09:15:00Z",
        "region": "us-east-1",
        "resources": [f"arn:aws:scheduler:us-east-1:{_ACCOUNT}:schedule/default/burgee-refresh"],
        "detail": "{}",
    }


def _headers(given: Mapping[str, str]) -> dict[str, str]:
    """Return the given headers under lower-case names, with those that every request has."""
    return {
        "accept": "*/*",
        "content-length": "0",
        "host": DOMAIN_NAME,
        "user-agent": "curl/8.14.1",
        "x-amzn-trace-id": "Root=1-69240c2a-0b1c2d3e4f5061728394a5b6",
        "x-forwarded-for": SOURCE_IP,
        "x-forwarded-port": "443",
        "x-forwarded-proto": "https",
        **{name.lower(): value for name, value in given.items()},
    }


def _request_context(method: str, path: str, user_agent: str) -> dict[str, Any]:
    return {
        "accountId": _ACCOUNT,
        "apiId": DOMAIN_NAME.partition(".")[0],
        "domainName": DOMAIN_NAME,
        "domainPrefix": DOMAIN_NAME.partition(".")[0],
        "http": {
            "method": method,
            "path": path,
            "protocol": "HTTP/1.1",
            "sourceIp": SOURCE_IP,
            "userAgent": user_agent,
        },
        "requestId": _REQUEST_ID,
        "routeKey": "$default",
        "stage": "$default",
        "time": "24/Nov/2026:09:15:00 +0000",
        "timeEpoch": 1795511700000,
    }


def _joined_by_name(query: str) -> dict[str, str]:
    """Return the parameters of a query, those of one name joined with commas."""
    parameters: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        parameters[name] = f"{parameters[name]},{value}" if name in parameters else value
    return parameters
