import json

import pytest

from handler.domain.errors import InvalidJson, SourceError
from handler.domain.ingest.model_list import ListPage, parse_list_page

RECORDS = [{"id": "a/b"}]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"data": RECORDS}, ListPage(RECORDS, None)),
        (RECORDS, ListPage(RECORDS, None)),
        ({"data": RECORDS, "total_count": 1, "links": {"next": None}}, ListPage(RECORDS, None)),
        ({"data": RECORDS, "links": {"next": "/more"}}, ListPage(RECORDS, "/more")),
        ({"data": RECORDS, "links": []}, ListPage(RECORDS, None)),
    ],
    ids=["since 2023", "bare list", "since 2026-07", "one of several pages", "odd links"],
)
def test_every_shape_of_the_list_is_parsed(body: object, expected: ListPage) -> None:
    assert parse_list_page(json.dumps(body).encode(), "the list") == expected
    assert parse_list_page(b"\xef\xbb\xbf" + json.dumps(body).encode(), "the list") == expected


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"data": []}', b'{"data": {}}', b"5", b"null"])
def test_a_list_without_models_is_an_error_that_names_it(body: bytes) -> None:
    with pytest.raises(SourceError, match=r"^the list "):
        parse_list_page(body, "the list")


def test_invalid_json_is_an_error_that_names_it() -> None:
    with pytest.raises(InvalidJson, match=r"^the list is not valid JSON"):
        parse_list_page(b"<!doctype html>", "the list")
