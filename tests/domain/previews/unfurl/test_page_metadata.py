import pytest

from handler.domain.previews.unfurl.page_metadata import Entry, Metadata, metadata_of


def test_a_head_is_read_in_its_order() -> None:
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

    assert metadata_of(html.encode()) == Metadata(
        entries=(
            Entry("title", "One & only"),
            Entry("meta:description", "A sentence.", "name"),
            Entry("og:title", "One", "property"),
            Entry("twitter:title", "Uno", "name"),
            Entry("http:refresh", "0; url=/x"),
            Entry("link:shortcut", "/i.png"),
            Entry("link:icon", "/i.png"),
            Entry("link:oembed", "/o"),
            Entry("link:alternate", "/o"),
            Entry("jsonld:headline", "H"),
        ),
        embed='{"component": 1}',
        ended=True,
    )


def test_a_head_that_is_cut_off_has_not_ended() -> None:
    found = metadata_of(b'<head><title>One</title><meta property="og:title" conte')

    assert found == Metadata((Entry("title", "One"),))


def test_the_first_tag_with_a_value_counts() -> None:
    html = b"""<meta property="og:title" content=" "><meta name="og:title" content="by name">
        <meta property="og:title" content="by property"><title>T</title>"""
    found = metadata_of(html)

    assert found.first("og:title", "title") == Entry("og:title", "by name", "name")
    strict = found.first("og:title", "title", property_only=True)
    assert strict == Entry("og:title", "by property", "property")
    assert found.text("og:image", "title") == "T"
    assert found.text("og:image") == ""


@pytest.mark.parametrize(
    ("html", "content_type"),
    [
        pytest.param("<title>é</title>".encode(), "", id="UTF-8 where nothing is said"),
        pytest.param("<title>é</title>".encode("latin-1"), "text/html; charset=ISO-8859-1",
                     id="as the header says"),
        pytest.param("<meta charset=latin1><title>é</title>".encode("latin-1"), "text/html",
                     id="as the page says"),
        pytest.param("<title>é</title>".encode(), "text/html; charset=nonsense", id="unknown"),
        pytest.param("<title>é</title>".encode(), "text/html; charset=hex", id="of no characters"),
    ],
)  # fmt: skip
def test_a_page_is_read_in_its_encoding(html: bytes, content_type: str) -> None:
    assert metadata_of(html, content_type).text("title") == "é"


@pytest.mark.parametrize(
    "json_ld",
    ["nonsense", "[" * 100_000, "1", '{"@graph": [{"@type": "WebPage", "headline": "H"}]}'],
    ids=["no JSON", "too deep", "no object", "a graph"],
)
def test_json_ld_that_nobody_reads_gives_nothing(json_ld: str) -> None:
    html = f'<script type="application/ld+json">{json_ld}</script></head>'

    assert metadata_of(html.encode()) == Metadata(ended=True)


def test_nothing_of_a_large_body_is_read() -> None:
    html = b"<head><title>One</title></head><body>" + b"<meta property=og:title content=x>" * 99_999

    assert metadata_of(html) == Metadata((Entry("title", "One"),), ended=True)


@pytest.mark.parametrize("section", ["<![x[ ]]>", "<![ x>", "<![if mso]>", "<![CDATA[x]]>"])
def test_a_marked_section_is_a_comment(section: str) -> None:
    html = f"{section}<title>One</title></head>"

    assert metadata_of(html.encode()) == Metadata((Entry("title", "One"),), ended=True)
