"""Search engines, whose results show a title and a description."""

from handler.domain.previews.crawlers.crawler import MEBIBYTE, Citation, Crawler, TagPriority

GOOGLE = Crawler(
    name="google",
    label="Google",
    kind="search",
    user_agent="Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    robots="Googlebot",
    max_read_bytes=2 * MEBIBYTE,
    tags=TagPriority(("title", "og:title"), ("meta:description", "og:description")),
    citations=(
        Citation(
            "P",
            "https://developers.google.com/search/docs/crawling-indexing/googlebot",
            ("user_agent", "robots", "max_read_bytes"),
        ),
        Citation("P", "https://developers.google.com/search/docs/appearance/title-link", ("tags",)),
    ),
)
BING = Crawler(
    name="bing",
    label="Bing",
    kind="search",
    user_agent="Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    robots="bingbot",
    tags=TagPriority(("title", "og:title"), ("meta:description", "og:description")),
    citations=(
        Citation(
            "P",
            "https://www.bing.com/webmasters/help/which-crawlers-does-bing-use-8c184ec0",
            ("user_agent", "robots"),
        ),
        Citation("S", "", ("tags",)),
    ),
)
