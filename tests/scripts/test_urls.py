import argparse

import pytest

from scripts.lib.urls import parse_site_url, parse_url


@pytest.mark.parametrize(
    "url",
    ["http://localhost:8000", "https://a.example/", "http://[::1]:80", "https://münchen.example"],
)
def test_url_of_a_site_is_read(url: str) -> None:
    assert parse_site_url(url) == url.removesuffix("/")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.example",
        "ftp://a.example",
        "https://",
        "http://[::1",
        "http://a.example:99999",
        "http://a.example:port",
        "http://a b.example",
        "http://a.example:0",
    ],
)
def test_invalid_url_is_refused(text: str) -> None:
    for parse in (parse_url, parse_site_url):
        with pytest.raises(argparse.ArgumentTypeError, match="is not"):
            parse(text)


@pytest.mark.parametrize("url", ["https://a.example/page", "https://a.example?x", "http://a.b/#x"])
def test_site_has_no_path(url: str) -> None:
    assert parse_url(url) == url
    with pytest.raises(argparse.ArgumentTypeError, match="is not the URL of a site"):
        parse_site_url(url)
