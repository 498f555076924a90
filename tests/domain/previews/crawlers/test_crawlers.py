from dataclasses import fields

import pytest

from handler.domain.previews.crawlers.crawler import (
    Citation,
    Crawler,
    CrawlerRequest,
    ImageLimits,
    PageLimits,
    TagPriority,
    TextLimit,
)
from handler.domain.previews.crawlers.crawlers import CRAWLERS, PREVIEW_CRAWLERS, get_crawler

UNKNOWN = Crawler(name="", label="", user_agent="", sources=())
# What a crawler is called and what we say of it need no source.
OURS = {"name", "label", "platforms", "kind", "sources", "remarks"}
each = pytest.mark.parametrize("crawler", CRAWLERS, ids=lambda crawler: crawler.name)


def stated(crawler: Crawler) -> set[str]:
    """Return the fields of which the table says something."""
    names = {field.name for field in fields(Crawler)} - OURS
    return {name for name in names if getattr(crawler, name) != getattr(UNKNOWN, name)}


@each
def test_every_fact_has_a_source(crawler: Crawler) -> None:
    sourced = {fact for source in crawler.sources for fact in source.facts}

    assert stated(crawler) - sourced == set()
    assert sourced <= {field.name for field in fields(Crawler)} - OURS


@each
def test_vendor_document_has_a_url(crawler: Crawler) -> None:
    unnamed = [source for source in crawler.sources if source.grade == "P" and not source.address]

    assert unnamed == []
    assert all(s.address.startswith("https://") for s in crawler.sources if s.address)


@each
def test_robots_name_is_part_of_the_user_agent(crawler: Crawler) -> None:
    assert (crawler.robots or "").lower() in crawler.user_agent.lower()


def test_every_name_is_unique_and_found() -> None:
    assert [get_crawler(crawler.name) for crawler in CRAWLERS] == list(CRAWLERS)
    assert len({crawler.name for crawler in CRAWLERS}) == len(CRAWLERS) == 25
    assert {crawler.kind for crawler in CRAWLERS if crawler not in PREVIEW_CRAWLERS} == {
        "search",
        "assistant",
    }


def test_range_is_sent_with_get_only() -> None:
    facebook = get_crawler("facebook")

    assert facebook.headers("GET") == {
        "User-Agent": facebook.user_agent,
        "Accept": "*/*",
        "Accept-Encoding": "gzip, deflate",
        "Range": "bytes=0-524287",
    }
    assert "Range" not in facebook.headers("HEAD")


def test_crawler_defaults_have_no_limits() -> None:
    source = Citation("S", "", ())

    assert Crawler("one", "One", "One/1", (source,)) == Crawler(
        name="one",
        label="One",
        user_agent="One/1",
        sources=(source,),
        platforms=(),
        kind="preview",
        robots=None,
        request=CrawlerRequest(),
        max_read_bytes=None,
        tags=TagPriority(),
        title=TextLimit(),
        description=TextLimit(),
        page=PageLimits(),
        image=ImageLimits(),
        remarks=(),
    )
