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

UNKNOWN = Crawler(name="", label="", user_agent="", citations=())
# Names and remarks need no citation.
UNCITED = {"name", "label", "platforms", "kind", "citations", "remarks"}
each = pytest.mark.parametrize("crawler", CRAWLERS, ids=lambda crawler: crawler.name)


def stated(crawler: Crawler) -> set[str]:
    """Return the fields that differ from their defaults."""
    names = set(Crawler._fields) - UNCITED
    return {name for name in names if getattr(crawler, name) != getattr(UNKNOWN, name)}


@each
def test_every_fact_has_a_citation(crawler: Crawler) -> None:
    cited = {fact for citation in crawler.citations for fact in citation.facts}

    assert stated(crawler) - cited == set()
    assert cited <= set(Crawler._fields) - UNCITED


@each
def test_vendor_document_has_a_url(crawler: Crawler) -> None:
    without_url = [c for c in crawler.citations if c.grade == "P" and not c.url]

    assert without_url == []
    assert all(c.url.startswith("https://") for c in crawler.citations if c.url)


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
    citation = Citation("S", "", ())

    assert Crawler("one", "One", "One/1", (citation,)) == Crawler(
        name="one",
        label="One",
        user_agent="One/1",
        citations=(citation,),
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
