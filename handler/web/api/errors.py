"""What the API answers where it has nothing else: problem details (RFC 9457)."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from handler.web.http.headers import ERROR_CACHE, JSON, PAGE_CACHE, PROBLEM
from handler.web.http.response import CacheableResponse

# Every answer may be read by scripts of any site: there is nothing here that is not public.
OPEN = ("access-control-allow-origin", "*")

# As RFC 9110 has it; Python before 3.13 has the older name.
_RENAMED = {422: "Unprocessable Content"}
_MAX_INSTANCE_CHARACTERS = 500
_PLAIN = "/:~@!$&'()*+,;="  # in a path, by RFC 3986


class UnknownModel(Exception):
    """No model has an address; `suggestions` are similar ids."""

    def __init__(self, path: str, suggestions: Sequence[str]) -> None:
        super().__init__(f"No model has the address {path[:200]!r}.")
        self.suggestions = list(suggestions)


def json_response(value: Any) -> CacheableResponse:
    """Return an answer as JSON."""
    return CacheableResponse(_json(value), JSON, PAGE_CACHE, extra_headers=(OPEN,))


def problem_response(
    status: int,
    detail: str,
    path: str,
    extra: Mapping[str, Any] | None = None,
    headers: tuple[tuple[str, str], ...] = (),
) -> CacheableResponse:
    """Return the problem that a request of a path met, with members of its own in `extra`."""
    value = {
        "type": "about:blank",  # the status says what kind of problem it is
        "title": _RENAMED.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": quote(path.encode("utf-8", "replace")[:_MAX_INSTANCE_CHARACTERS], safe=_PLAIN),
        **(extra or {}),
    }
    return CacheableResponse(_json(value), PROBLEM, ERROR_CACHE, status, (OPEN, *headers))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
