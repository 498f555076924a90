"""Pages and images as a crawler fetched them, for tests of previews."""

import html
import struct
from typing import Any

from handler.domain.previews.unfurl.fetched_page import FetchedPage

PAGE_URL = "https://previews.example.org/acme/one"
CARD_URL = "https://previews.example.org/card.png"
TEXTS = {"og:title": "Acme: One", "og:description": "$1/M in. A model.", "og:site_name": "Burgee"}
# The header of a PNG of 1200 by 630 pixels.
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 1200, 630)
CARD = FetchedPage(CARD_URL, 200, {"content-type": "image/png", "content-length": "24"}, PNG)


def fetched_page(
    tags: dict[str, str] | None = None, markup: str = "", **fields: Any
) -> FetchedPage:
    """Return a page with the tags of TEXTS, replaced or completed by these tags and markup."""
    metas = "".join(
        f'<meta property="{key}" content="{html.escape(value)}">'
        for key, value in {**TEXTS, **(tags or {})}.items()
    )
    body = f"<!doctype html><head>{metas}{markup}</head><body>".encode()
    headers = {"content-type": "text/html; charset=utf-8"}
    response = {"url": PAGE_URL, "status": 200, "headers": headers, "body": body}
    return FetchedPage(**{**response, **fields})
