"""Social networks and forums that show a preview of a shared link."""

from handler.domain.previews.crawlers.crawler import (
    MEBIBYTE,
    MEGABYTE,
    Citation,
    Crawler,
    CrawlerRequest,
    ImageLimits,
    PageLimits,
    TagPriority,
    TextLimit,
)

_TWITTER_FIRST = TagPriority(
    title=("twitter:title", "og:title", "title"),
    description=("twitter:description", "og:description", "meta:description"),
    image=("twitter:image", "og:image"),
)
_META = "https://developers.facebook.com/docs/sharing/webmasters"
_MASTODON = "https://github.com/mastodon/mastodon/blob/main/app"

FACEBOOK = Crawler(
    name="facebook",
    label="Facebook",
    platforms=("Facebook", "Messenger", "Instagram", "Threads"),
    user_agent="facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    robots="facebookexternalhit",
    request=CrawlerRequest(last_byte=524_287),
    max_read_bytes=524_288,
    page=PageLimits(image_size_declared=True),
    image=ImageLimits(min_width=600, min_height=315, max_bytes=8 * MEGABYTE),
    citations=(
        Citation("P", f"{_META}/web-crawlers/", ("user_agent", "robots", "tags")),
        Citation("P", f"{_META}/images/", ("page", "image")),
        Citation("I", "", ("request", "max_read_bytes")),
    ),
    remarks=("A 416 to its range leaves the link without a preview.",),
)
X = Crawler(
    name="x",
    label="X",
    user_agent="Twitterbot/1.0",
    robots="Twitterbot",
    tags=_TWITTER_FIRST,
    title=TextLimit(70, required=True),
    description=TextLimit(200),
    image=ImageLimits(
        max_bytes=5 * MEGABYTE, formats=("jpeg", "png", "webp", "gif"), follows_redirects=False
    ),
    citations=(
        Citation(
            "P", "https://developer.x.com/cards/markup", ("tags", "title", "description", "image")
        ),
        Citation(
            "P",
            "https://developer.x.com/en/docs/x-for-websites/cards/guides/getting-started",
            ("user_agent", "robots"),
        ),
    ),
    remarks=("Checks robots.txt for the image too.",),
)
LINKEDIN = Crawler(
    name="linkedin",
    label="LinkedIn",
    user_agent="LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient "
    "+http://www.linkedin.com)",
    robots="LinkedInBot",
    request=CrawlerRequest(timeout_seconds=3.0),
    title=TextLimit(required=True),
    image=ImageLimits(
        min_width=1200, min_height=627, max_bytes=5 * MEGABYTE, formats=("jpeg", "png", "gif")
    ),
    citations=(
        Citation(
            "P", "https://www.linkedin.com/help/linkedin/answer/a521928", ("tags", "title", "image")
        ),
        Citation("I", "", ("image",)),
        Citation("S", "", ("user_agent", "robots", "request")),
    ),
    remarks=("Prefers oEmbed, where a page offers it.",),
)
MASTODON = Crawler(
    name="mastodon",
    label="Mastodon",
    platforms=("Mastodon", "the Fediverse’s servers that run its code"),
    user_agent="Mastodon/4.5.0 (http.rb/5.3.1; +https://mastodon.social/) Bot",
    request=CrawlerRequest(
        accept="text/html", accept_encoding="gzip", timeout_seconds=10.0, max_redirects=3
    ),
    max_read_bytes=MEBIBYTE,
    tags=TagPriority(
        title=("jsonld:headline", "og:title", "title"),
        description=("jsonld:description", "og:description", "meta:description"),
        extras=("og:image:alt", "article:published_time", "fediverse:creator"),
    ),
    title=TextLimit(required=True),
    image=ImageLimits(max_bytes=8 * MEBIBYTE, formats=("jpeg", "png", "gif", "webp")),
    citations=(
        Citation("C", f"{_MASTODON}/lib/link_details_extractor.rb", ("tags",)),
        Citation("C", f"{_MASTODON}/services/fetch_link_card_service.rb", ("user_agent", "title")),
        Citation("C", f"{_MASTODON}/lib/request.rb", ("request", "max_read_bytes")),
        Citation("C", f"{_MASTODON}/models/preview_card.rb", ("image",)),
    ),
    remarks=(
        "Reads oEmbed first.",
        "Reads one root object of JSON-LD, of type NewsArticle or WebPage, and no @graph.",
        "Thousands of servers send requests within a minute of one post.",
    ),
)
BLUESKY = Crawler(
    name="bluesky",
    label="Bluesky",
    user_agent="Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
    request=CrawlerRequest(timeout_seconds=5.0),
    title=TextLimit(required=True),
    image=ImageLimits(max_bytes=MEGABYTE),
    citations=(
        Citation("I", "https://github.com/williamsdb/php2Bluesky/issues/1", ("image",)),
        Citation("S", "", ("user_agent", "request", "tags", "title")),
    ),
    remarks=("Its servers limited images to this size until 2026, and some still do.",),
)
LEMMY = Crawler(
    name="lemmy",
    label="Lemmy",
    user_agent="Lemmy/0.19.11; +https://lemmy.ml",
    request=CrawlerRequest(
        last_byte=1_048_575, timeout_seconds=10.0, max_redirects=1, absolute_redirects_only=True
    ),
    max_read_bytes=MEBIBYTE,
    tags=TagPriority(property_only=True),
    citations=(
        Citation(
            "C",
            "https://github.com/LemmyNet/lemmy/blob/main/crates/api_common/src/request.rs",
            ("user_agent", "request", "max_read_bytes", "tags"),
        ),
    ),
)
DISCOURSE = Crawler(
    name="discourse",
    label="Discourse",
    user_agent="Discourse Forum Onebox v3.5.0",
    request=CrawlerRequest(methods=("HEAD", "GET"), timeout_seconds=10.0, max_redirects=5),
    tags=TagPriority(labels=("brand", "price", "usd", "cad", "reading time", "likes")),
    title=TextLimit(80, overflow="folded", ending="..."),
    description=TextLimit(250, ending="..."),
    citations=(
        Citation(
            "C",
            "https://github.com/discourse/onebox/blob/main/lib/onebox/engine/"
            "allowlisted_generic_onebox.rb",
            ("tags", "title", "description"),
        ),
        Citation(
            "C",
            "https://github.com/discourse/discourse/blob/main/config/initializers/100-onebox_options.rb",
            ("user_agent", "request"),
        ),
    ),
)
REDDIT = Crawler(
    name="reddit",
    label="Reddit",
    user_agent="Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)",
    robots="redditbot",
    citations=(Citation("S", "", ("user_agent", "robots", "tags")),),
)
PINTEREST = Crawler(
    name="pinterest",
    label="Pinterest",
    user_agent="Mozilla/5.0 (compatible; Pinterestbot/1.0; +https://www.pinterest.com/bot.html)",
    robots="Pinterestbot",
    citations=(
        Citation("P", "https://www.pinterest.com/bot.html", ("user_agent", "robots")),
        Citation("S", "", ("tags",)),
    ),
)
