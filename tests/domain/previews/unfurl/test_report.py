import pytest

from handler.domain.previews.crawlers.crawler import Crawler
from handler.domain.previews.crawlers.crawlers import PREVIEW_CRAWLERS, get_crawler
from handler.domain.previews.unfurl.fetched_page import FetchedPage
from handler.domain.previews.unfurl.report import LimitCheck, check_limits
from tests.support.pages.fetched_pages import CARD, CARD_URL, fetched_page

TEXT = FetchedPage(CARD_URL, 200, {"content-type": "text/plain"}, b"none")
EMBED = '<script id="discord:component-embed" type="application/json">{}</script>'


def checks(name: str, page: FetchedPage, image: FetchedPage = CARD) -> list[LimitCheck]:
    return check_limits(get_crawler(name), page, image)


def test_each_limit_is_reported_with_the_measured_value() -> None:
    colored = fetched_page({"theme-color": "#0f3d57", "og:image": CARD_URL}, EMBED)

    assert checks("discord", colored) == [
        LimitCheck("title", "9 bytes", "at most 70"),
        LimitCheck("description", "17 bytes", "at most 350"),
        LimitCheck("head", "whole", "in the first 50,000,000 bytes"),
        LimitCheck("longest address, in characters", "37", "at most 2,048"),
        LimitCheck("site’s name, in characters", "6", "at most 256"),
        LimitCheck("og:image:alt, in characters", "0", "at most 4,096"),
        LimitCheck("component embed, in bytes", "2", "at most 3,000"),
        LimitCheck("theme-color", "#0f3d57", "#RRGGBB"),
        LimitCheck("picture", "png", "png or gif or jpeg or webp or avif"),
    ]


@pytest.mark.parametrize("crawler", PREVIEW_CRAWLERS, ids=lambda crawler: crawler.name)
def test_embed_is_checked_for_discord_alone(crawler: Crawler) -> None:
    subjects = [check.subject for check in check_limits(crawler, fetched_page(markup=EMBED), CARD)]

    assert ("component embed, in bytes" in subjects) is (crawler.name == "discord")


def test_folded_text_is_not_checks() -> None:
    assert checks("whatsapp", fetched_page()) == [
        LimitCheck("title", "there", "needed"),
        LimitCheck("description", "there", "needed"),
        LimitCheck("head", "whole", "in the first 300,000 bytes"),
        LimitCheck("site’s name", "apart", "not in the title"),
        LimitCheck("picture", "24 bytes", "at most 600,000"),
        LimitCheck("picture", "1200 pixels wide", "at least 300"),
        LimitCheck("picture", "1.9 to 1", "at most 4 to 1"),
    ]


@pytest.mark.parametrize(
    ("name", "page", "image", "expected"),
    [
        (
            "x",
            fetched_page({"og:title": "x" * 71}),
            CARD,
            LimitCheck("title", "71 characters", "at most 70"),
        ),
        ("x", fetched_page({"og:title": ""}), CARD, LimitCheck("title", "none", "needed")),
        ("x", fetched_page(), CARD, LimitCheck("picture’s redirects", "0", "none")),
        (
            "slack",
            fetched_page(markup=" " * 32_769 + "<title>One</title>"),
            CARD,
            LimitCheck("head", "not whole", "in the first 32,768 bytes"),
        ),
        ("matrix", fetched_page(), CARD, LimitCheck("og: tags", "3", "at most 50")),
        (
            "matrix",
            fetched_page(),
            CARD,
            LimitCheck("longest value, in characters", "17", "at most 1,000"),
        ),
        (
            "matrix",
            fetched_page(),
            CARD,
            LimitCheck("picture", "756,000 pixels", "at most 32,000,000"),
        ),
        (
            "mattermost",
            fetched_page(),
            CARD,
            LimitCheck("og: tags as JSON, in bytes", "90", "at most 5,120"),
        ),
        (
            "whatsapp",
            fetched_page({"og:title": "One on Burgee"}),
            CARD,
            LimitCheck("site’s name", "in the title", "not in the title"),
        ),
        (
            "facebook",
            fetched_page({"og:image:width": "1200"}),
            CARD,
            LimitCheck("declared size", "1200 × none", "both sides"),
        ),
        (
            "facebook",
            fetched_page(),
            CARD,
            LimitCheck("picture", "630 pixels high", "at least 315"),
        ),
        (
            "telegram",
            fetched_page(markup='<meta http-equiv="refresh" content="9">'),
            CARD,
            LimitCheck("meta refresh", "9", "none"),
        ),
        ("signal", fetched_page(), CARD, LimitCheck("picture’s Content-Length", "24", "needed")),
        ("signal", fetched_page(), TEXT, LimitCheck("picture’s Content-Length", "none", "needed")),
        ("whatsapp", fetched_page(), TEXT, LimitCheck("picture", "unknown", "at most 4 to 1")),
    ],
)
def test_measured_values_are_reported_as_found(
    name: str, page: FetchedPage, image: FetchedPage, expected: LimitCheck
) -> None:
    assert expected in checks(name, page, image)


def test_crawler_without_known_limits_has_no_checks() -> None:
    without = [
        crawler.name for crawler in PREVIEW_CRAWLERS if not checks(crawler.name, fetched_page())
    ]

    assert without == ["zulip", "steam", "teams", "reddit", "pinterest"]
