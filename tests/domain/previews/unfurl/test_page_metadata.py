import pytest

from handler.domain.previews.unfurl.page_metadata import MetaTag, PageMetadata, parse_page_metadata


def test_tags_are_read_in_order() -> None:
    html = """<!doctype html><html><head><meta charset="utf-8">
        <title> One &amp; only </title>
        <meta name="description" content="A sentence."><meta property="og:title" content="One">
        <meta name="twitter:title" content="Uno"><meta http-equiv="Refresh" content="0; url=/x">
        <link rel="shortcut icon" href="/i.png">
        <link rel="alternate" type="application/json+oembed" href="/o">
        <script type="application/ld+json">
            [{"@type": "Thing"}, {"@type": "WebPage", "headline": "H", "description": 1}]</script>
        <script id="discord:component-embed" type="application/json"> {"component": 1} </script>
        <script>document.write("<meta property='og:title' content='not this'>")</script>
        </head><body><meta property="og:url" content="/late">"""

    assert parse_page_metadata(html.encode()) == PageMetadata(
        tags=(
            MetaTag("title", "One & only"),
            MetaTag("meta:description", "A sentence.", "name"),
            MetaTag("og:title", "One", "property"),
            MetaTag("twitter:title", "Uno", "name"),
            MetaTag("http:refresh", "0; url=/x"),
            MetaTag("link:shortcut", "/i.png"),
            MetaTag("link:icon", "/i.png"),
            MetaTag("link:oembed", "/o"),
            MetaTag("link:alternate", "/o"),
            MetaTag("jsonld:headline", "H"),
        ),
        embed='{"component": 1}',
        ended=True,
    )


def test_end_of_another_element_does_not_end_the_head() -> None:
    metadata = parse_page_metadata(b"<head></a></div></html><title>One</title></head><title>Two")

    assert metadata == PageMetadata((MetaTag("title", "One"),), ended=True)


def test_truncated_head_has_not_ended() -> None:
    metadata = parse_page_metadata(b'<head><title>One</title><meta property="og:title" conte')

    assert metadata == PageMetadata((MetaTag("title", "One"),))


def test_first_tag_with_a_value_wins() -> None:
    html = b"""<meta property="og:title" content=" "><meta name="og:title" content="by name">
        <meta property="og:title" content="by property"><title>T</title>"""
    metadata = parse_page_metadata(html)

    assert metadata.first("og:title", "title") == MetaTag("og:title", "by name", "name")
    strict = metadata.first("og:title", "title", property_only=True)
    assert strict == MetaTag("og:title", "by property", "property")
    assert metadata.text("og:image", "title") == "T"
    assert metadata.text("og:image") == ""


def test_page_is_decoded_with_its_encoding() -> None:
    html = "<title>é</title>".encode("latin-1")

    assert parse_page_metadata(html, "latin-1").text("title") == "é"
    assert parse_page_metadata("<title>é</title>".encode()).text("title") == "é"


def test_first_base_counts() -> None:
    html = b'<base target="_top"><base href=" /one/ "><base href="/two/"></head>'

    assert parse_page_metadata(html) == PageMetadata(ended=True, base="/one/")


@pytest.mark.parametrize(
    "json_ld",
    ["nonsense", "[" * 100_000, "1", '{"@graph": [{"@type": "WebPage", "headline": "H"}]}'],
    ids=["no JSON", "too deep", "no object", "a graph"],
)
def test_unsupported_json_ld_is_ignored(json_ld: str) -> None:
    html = f'<script type="application/ld+json">{json_ld}</script></head>'

    assert parse_page_metadata(html.encode()) == PageMetadata(ended=True)


def test_body_is_not_parsed() -> None:
    html = b"<head><title>One</title></head><body>" + b"<meta property=og:title content=x>" * 99_999

    assert parse_page_metadata(html) == PageMetadata((MetaTag("title", "One"),), ended=True)


@pytest.mark.parametrize("section", ["<![x[ ]]>", "<![ x>", "<![if mso]>", "<![CDATA[x]]>"])
def test_marked_section_is_a_comment(section: str) -> None:
    html = f"{section}<title>One</title></head>"

    assert parse_page_metadata(html.encode()) == PageMetadata(
        (MetaTag("title", "One"),), ended=True
    )
