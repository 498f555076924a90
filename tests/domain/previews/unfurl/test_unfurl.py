import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.domain.previews.crawlers.crawler import TextLimit
from handler.domain.previews.crawlers.crawlers import CRAWLERS, PREVIEW_CRAWLERS, get_crawler
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from handler.domain.previews.unfurl.unfurl import PreviewField, UnfurlResult, truncate_for, unfurl
from tests.support.pages.fetched_pages import PAGE_URL, fetched_page


def test_plain_page_is_shown_in_full_on_every_platform() -> None:
    results = [unfurl(crawler, fetched_page()) for crawler in PREVIEW_CRAWLERS]

    assert results == [
        UnfurlResult(
            crawler=crawler.name,
            title=PreviewField("Acme: One", "og:title"),
            description=PreviewField("$1/M in. A model.", "og:description")
            if crawler.name != "imessage"
            else None,
            site_name="Burgee",
        )
        for crawler in PREVIEW_CRAWLERS
    ]


def test_each_platform_reads_its_own_tags() -> None:
    tags = {"twitter:title": "Uno", "og:image": "/card.png"}
    structured = '<script type="application/ld+json">{"@type":"WebPage","headline":"Eins"}</script>'
    page = fetched_page(tags, f"{structured}<title>One</title>")

    titles = {name: unfurl(get_crawler(name), page).title for name in ("x", "slack", "mastodon")}
    assert titles == {
        "x": PreviewField("Uno", "twitter:title"),
        "slack": PreviewField("Acme: One", "og:title"),
        "mastodon": PreviewField("Eins", "jsonld:headline"),
    }
    assert unfurl(get_crawler("google"), page).title == PreviewField("One", "title")
    image = unfurl(get_crawler("slack"), page).image
    assert image == PreviewField("https://previews.example.org/card.png", "og:image")


def test_extras_are_shown_where_the_platform_reads_them() -> None:
    tags = {
        "twitter:label1": "Price",
        "twitter:data1": "$1",
        "twitter:label2": "Context",
        "twitter:data2": "131K",
        "article:published_time": "2026-01-02T00:00:00+00:00",
        "theme-color": "#0f3d57",
        "twitter:card": "summary",
    }
    embed = '<script id="discord:component-embed" type="application/json">{}</script>'
    page = fetched_page(tags, embed)

    names = ("slack", "discourse", "discord", "signal", "x")
    assert {name: unfurl(get_crawler(name), page).extras for name in names} == {
        "slack": (("Price", "$1"), ("Context", "131K")),
        "discourse": (("Price", "$1"),),
        "discord": (
            ("theme-color", "#0f3d57"),
            ("twitter:card", "summary"),
            ("component embed", "2 bytes"),
        ),
        "signal": (("article:published_time", "2026-01-02T00:00:00+00:00"),),
        "x": (),
    }


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        pytest.param("a" * 70, TextLimit(70), "a" * 70, id="short enough"),
        pytest.param("a" * 71, TextLimit(70), "a" * 69 + "…", id="characters"),
        pytest.param("é" * 36, TextLimit(70, "bytes", ending="..."), "é" * 33 + "...", id="bytes"),
        pytest.param("a b" * 9, TextLimit(3), "a…", id="no space before the end"),
        pytest.param("a" * 999, TextLimit(), "a" * 999, id="no limit"),
    ],
)
def test_text_is_truncated_as_the_platform_does(text: str, limit: TextLimit, expected: str) -> None:
    assert truncate_for(text, limit) == expected


FATAL = {
    "an error": (
        "slack",
        fetched_page(status=404),
        "The page answers 404, Slack previews a 2xx only.",
    ),
    "no answer yet": (
        "slack",
        fetched_page(status=199),
        "The page answers 199, Slack previews a 2xx only.",
    ),
    "no HTML": (
        "slack",
        fetched_page(headers={"content-type": "application/json"}),
        "The page is application/json, Slack reads HTML only.",
    ),
    "no type": (
        "slack",
        fetched_page(headers={}),
        "The page is of no type, Slack reads HTML only.",
    ),
    "too many redirects": (
        "lemmy",
        fetched_page(hops=("https://a.example/", "https://b.example/")),
        "The link leads over 2 redirects, Lemmy follows 1.",
    ),
    "an insecure redirect": (
        "signal",
        fetched_page(hops=("https://a.example/", "http://b.example/")),
        "A redirect leads to http://b.example/, Signal follows https only.",
    ),
    "two relative redirects": (
        "lemmy",
        fetched_page(hops=(PAGE_URL,), locations=("/acme/two", "/acme/one")),
        "A redirect says only /acme/two, Lemmy follows whole addresses only.",
    ),
    "a relative redirect": (
        "lemmy",
        fetched_page(hops=(PAGE_URL,), locations=("/acme/one",)),
        "A redirect says only /acme/one, Lemmy follows whole addresses only.",
    ),
    "late": ("slack", fetched_page(seconds=3.05), "The page took 3.0 seconds, Slack waits 3."),
    "no title": (
        "x",
        fetched_page({"og:title": " "}),
        "There is no title, X shows nothing without one.",
    ),
    "no description": (
        "telegram",
        fetched_page({"og:description": ""}),
        "There is no description, Telegram shows nothing without one.",
    ),
    "nothing to read": (
        "lemmy",
        fetched_page({"og:title": "", "og:description": ""}),
        "There is neither a title nor a description that Lemmy reads.",
    ),
    "a meta refresh": (
        "telegram",
        fetched_page(markup='<meta http-equiv="refresh" content="0; url=/">'),
        "The page has a meta refresh, on which Telegram hangs.",
    ),
    "a long name of the site": (
        "discord",
        fetched_page({"og:site_name": "n" * 257}),
        "og:site_name has 257 characters, Discord takes 256.",
    ),
    "a long alternative text": (
        "discord",
        fetched_page({"og:image:alt": "a" * 4_097}),
        "og:image:alt has 4,097 characters, Discord takes 4,096.",
    ),
    "a long URL": (
        "discord",
        fetched_page({"og:url": "https://a.example/" + "x" * 2_031}),
        "og:url has 2,049 characters, Discord takes 2,048.",
    ),
    "much Open Graph": (
        "mattermost",
        fetched_page({"og:audio": "x" * 5_120}),
        "The Open Graph tags are 5,226 bytes as JSON, Mattermost keeps 5,120.",
    ),
}


@pytest.mark.parametrize(("name", "broken", "sentence"), FATAL.values(), ids=FATAL)
def test_fatal_problem_leaves_no_preview(name: str, broken: FetchedPage, sentence: str) -> None:
    result = unfurl(get_crawler(name), broken)

    assert result.problems == (sentence,)
    assert (result.title, result.description, result.image) == (None, None, None)


BROKEN = {
    "HEAD refused": (
        "discourse",
        fetched_page(head_status=405),
        "HEAD is answered 405, Discourse asks by HEAD first.",
    ),
    "an encoding that was not requested": (
        "slack",
        fetched_page(headers={"content-type": "text/html", "content-encoding": "br"}),
        "The page comes as br, for which Slack did not ask.",
    ),
    "a head beyond the bytes that are read": (
        "slack",
        fetched_page(markup=f"<style>{' ' * 33_000}</style>"),
        "The head goes beyond the first 32,768 bytes, all that Slack reads.",
    ),
    "a long title in characters": (
        "x",
        fetched_page({"og:title": "t" * 71}),
        "The title has 71 characters, X cuts it to 70.",
    ),
    "a long title in bytes": (
        "discord",
        fetched_page({"og:title": "é" * 36}),
        "The title has 72 bytes, Discord cuts it to 70.",
    ),
    "a long description": (
        "x",
        fetched_page({"og:description": "d" * 201}),
        "The description has 201 characters, X cuts it to 200.",
    ),
    "too many tags": (
        "matrix",
        fetched_page({f"og:x{n}": "1" for n in range(48)}, "<title>One</title>"),
        "There are 51 og: tags, Matrix drops all of more than 50.",
    ),
    "a long value": (
        "matrix",
        fetched_page({"og:audio": "x" * 1_001}),
        "og:audio has 1,001 characters, Matrix drops values of more than 1,000.",
    ),
    "the site's name in the title": (
        "whatsapp",
        fetched_page({"og:title": "One - Burgee"}),
        "The title repeats the site’s name “Burgee”, WhatsApp wants it without.",
    ),
    "an image of undeclared size": (
        "facebook",
        fetched_page({"og:image": "/card.png", "og:image:width": "1200"}),
        "og:image:width and og:image:height are not both there, without which the first share on "
        "Facebook has no picture.",
    ),
    "a named color": (
        "discord",
        fetched_page({"theme-color": "rebeccapurple"}),
        "theme-color is rebeccapurple, Discord takes #RRGGBB only.",
    ),
    "a bad component embed": (
        "discord",
        fetched_page(
            markup='<script id="discord:component-embed" type="application/json">[]</script>'
        ),
        "Component embed: it must be an object with the one key component",
    ),
}


@pytest.mark.parametrize(("name", "broken", "sentence"), BROKEN.values(), ids=BROKEN)
def test_broken_limit_has_a_sentence(name: str, broken: FetchedPage, sentence: str) -> None:
    result = unfurl(get_crawler(name), broken)

    assert result.problems == (sentence,)
    assert result.title is not None


AT_THE_LIMIT = {
    "redirects": (
        "lemmy",
        fetched_page(hops=("http://a.example/",), locations=("http://a.example/",)),
    ),
    "a relative redirect elsewhere": (
        "slack",
        fetched_page(hops=(PAGE_URL,), locations=("/acme/one",)),
    ),
    "secure redirects": ("signal", fetched_page(hops=("https://a.example/",) * 19)),
    "seconds": ("slack", fetched_page(seconds=3.0)),
    "the site's name": ("discord", fetched_page({"og:site_name": "n" * 256})),
    "an alternative text": ("discord", fetched_page({"og:image:alt": "a" * 4_096})),
    "a URL": ("discord", fetched_page({"og:url": "https://a.example/" + "x" * 2_030})),
    "Open Graph as JSON": ("mattermost", fetched_page({"og:audio": "x" * 5_014})),
    "HEAD answered": ("discourse", fetched_page(head_status=200)),
    "a range": ("slack", fetched_page(status=206)),
    "gzip": (
        "slack",
        fetched_page(headers={"content-type": "text/html", "content-encoding": "gzip"}),
    ),
    "a title": ("x", fetched_page({"og:title": "t" * 70})),
    "a title in bytes": ("discord", fetched_page({"og:title": "é" * 35})),
    "a description": ("x", fetched_page({"og:description": "d" * 200})),
    "a description that is folded": ("whatsapp", fetched_page({"og:description": "d" * 200})),
    "tags": ("matrix", fetched_page({f"og:x{n}": "1" for n in range(47)})),
    "a value": ("matrix", fetched_page({"og:audio": "x" * 1_000})),
    "a meta refresh elsewhere": (
        "slack",
        fetched_page(markup='<meta http-equiv="refresh" content="9">'),
    ),
    "a declared image": (
        "facebook",
        fetched_page({"og:image": "/c.png", "og:image:width": "1", "og:image:height": "1"}),
    ),
    "a color": ("discord", fetched_page({"theme-color": "#0f3d57ff"})),
    "a late style": ("facebook", fetched_page(markup=f"<style>{' ' * 33_000}</style>")),
}


@pytest.mark.parametrize(("name", "fitting"), AT_THE_LIMIT.values(), ids=AT_THE_LIMIT)
def test_page_at_its_limit_breaks_nothing(name: str, fitting: FetchedPage) -> None:
    assert unfurl(get_crawler(name), fitting).problems == ()


def test_dropped_tags_are_not_shown() -> None:
    too_many = fetched_page({f"og:x{n}": "1" for n in range(48)}, "<title>One</title>")
    too_long = fetched_page(
        {"og:description": "x" * 1_001}, '<meta name="description" content="Short">'
    )

    matrix = get_crawler("matrix")
    assert unfurl(matrix, too_many).title == PreviewField("One", "title")
    assert unfurl(matrix, too_long).description == PreviewField("Short", "meta:description")


def test_truncated_text_keeps_its_full_text() -> None:
    long = fetched_page({"og:title": "a" * 71, "og:description": "b" * 81})

    assert unfurl(get_crawler("x"), long).title == PreviewField(
        "a" * 69 + "…", "og:title", "a" * 71
    )
    folded = unfurl(get_crawler("whatsapp"), long).description
    assert folded == PreviewField("b" * 79 + "…", "og:description", "b" * 81)
    assert unfurl(get_crawler("slack"), long).title == PreviewField("a" * 71, "og:title")


def test_invalid_image_url_is_shown_as_written() -> None:
    result = unfurl(get_crawler("slack"), fetched_page({"og:image": "https://[half"}))

    assert result.image == PreviewField("https://[half", "og:image")


TOKENS = [
    b"<head>",
    b"<title>",
    b"</title>",
    b"<meta property=og:title content=",
    b"<meta name='",
    b"<link rel=canonical href=",
    b"<script type=application/ld+json>",
    b"</script>",
    b"{",
    b"[",
    b'"',
    b"'",
    b">",
    b"<!--",
    b"-->",
    b"&#x1f600;",
    b"&",
    b"\xff\xfe",
    b"\0",
    b"</head>",
    b'<script id="discord:component-embed">',
    b'{"component": {"type": 17}}',
    b"<meta charset=",
    b"utf-16",
    b"<![",
    b"x[",
    b"<!",
    b"<?",
    b"og:image content=https://[",
    b"\xf0\x9f\x98\x80",
]


@given(
    st.lists(st.sampled_from(TOKENS) | st.binary(max_size=9), max_size=40).map(b"".join),
    st.sampled_from(["text/html", "text/html; charset=utf-16", "text/html; charset=\udcff", ""]),
)
def test_no_broken_page_raises(body: bytes, content_type: str) -> None:
    broken = FetchedPage(PAGE_URL, 200, {"content-type": content_type}, body)

    for crawler in CRAWLERS:
        result = unfurl(crawler, broken)
        assert result.title or result.description or result.problems or result.image
