"""Every crawler that meets a link to this site, in one table: the contract that pages keep.

docs/crawlers.md is made from it, the tests ask for pages as it says, and scripts/unfurl shows by
it what becomes of any link.
"""

from handler.domain.previews.crawlers.crawler import (
    Citation,
    Crawler,
    CrawlerRequest,
    ImageLimits,
    PageLimits,
    TagPriority,
    TextLimit,
)

MEGABYTE = 1_000_000
MEBIBYTE = 1_048_576

_TWITTER_FIRST = TagPriority(
    title=("twitter:title", "og:title", "title"),
    description=("twitter:description", "og:description", "meta:description"),
    image=("twitter:image", "og:image"),
)
_DISCORD = "https://docs.discord.com/developers/link-previews/overview"
_GITHUB = "https://github.com"
_MASTODON = f"{_GITHUB}/mastodon/mastodon/blob/main/app"
_SYNAPSE = f"{_GITHUB}/element-hq/synapse/blob/develop/synapse/media"

CRAWLERS = (
    Crawler(
        name="facebook",
        label="Facebook",
        platforms=("Facebook", "Messenger", "Instagram", "Threads"),
        user_agent="facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        robots="facebookexternalhit",
        request=CrawlerRequest(last_byte=524_287),
        max_read_bytes=524_288,
        page=PageLimits(image_size_declared=True),
        image=ImageLimits(min_width=600, min_height=315, max_bytes=8 * MEGABYTE),
        sources=(
            Citation(
                "P",
                "https://developers.facebook.com/docs/sharing/webmasters/web-crawlers/",
                ("user_agent", "robots", "tags"),
            ),
            Citation(
                "P",
                "https://developers.facebook.com/docs/sharing/webmasters/images/",
                ("page", "image"),
            ),
            Citation("I", "", ("request", "max_read_bytes")),
        ),
        remarks=("A 416 to its range leaves the link without a preview.",),
    ),
    Crawler(
        name="x",
        label="X",
        platforms=("X",),
        user_agent="Twitterbot/1.0",
        robots="Twitterbot",
        tags=_TWITTER_FIRST,
        title=TextLimit(70, needed=True),
        description=TextLimit(200),
        image=ImageLimits(
            max_bytes=5 * MEGABYTE, formats=("jpeg", "png", "webp", "gif"), redirects=False
        ),
        sources=(
            Citation(
                "P",
                "https://developer.x.com/cards/markup",
                ("tags", "title", "description", "image"),
            ),
            Citation(
                "P",
                "https://developer.x.com/en/docs/x-for-websites/cards/guides/getting-started",
                ("user_agent", "robots"),
            ),
        ),
        remarks=("It asks robots.txt for the picture too.",),
    ),
    Crawler(
        name="linkedin",
        label="LinkedIn",
        platforms=("LinkedIn",),
        user_agent="LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient "
        "+http://www.linkedin.com)",
        robots="LinkedInBot",
        request=CrawlerRequest(timeout_seconds=3.0),
        title=TextLimit(needed=True),
        image=ImageLimits(
            min_width=1200,
            min_height=627,
            max_bytes=5 * MEGABYTE,
            formats=("jpeg", "png", "gif"),
        ),
        sources=(
            Citation(
                "P",
                "https://www.linkedin.com/help/linkedin/answer/a521928",
                ("tags", "title", "image"),
            ),
            Citation("I", "", ("image",)),
            Citation("S", "", ("user_agent", "robots", "request")),
        ),
        remarks=("It prefers oEmbed, where a page offers it.",),
    ),
    Crawler(
        name="slack",
        label="Slack",
        platforms=("Slack",),
        user_agent="Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        request=CrawlerRequest(last_byte=32_768, timeout_seconds=3.0),
        max_read_bytes=32_768,
        tags=TagPriority(
            title=("og:title", "twitter:title", "title"),
            description=("og:description", "twitter:description", "meta:description"),
            image=("og:image", "twitter:image"),
            labels=(),
        ),
        title=TextLimit(needed=True),
        description=TextLimit(needed=True),
        sources=(
            Citation("P", "https://api.slack.com/robots", ("user_agent", "tags")),
            Citation(
                "S",
                "https://opengraphplus.com/consumers/slack/crawling",
                ("request", "max_read_bytes", "title", "description"),
            ),
        ),
        remarks=(
            "It does not read robots.txt.",
            "It reads oEmbed first, and prints its text.",
            "It shows pictures through a proxy of its own.",
        ),
    ),
    Crawler(
        name="discord",
        label="Discord",
        platforms=("Discord",),
        user_agent="Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
        robots="Discordbot",
        request=CrawlerRequest(timeout_seconds=10.0, redirects=5),
        max_read_bytes=50 * MEGABYTE,
        tags=TagPriority(
            title=("og:title", "twitter:title", "title"),
            description=("og:description", "twitter:description", "meta:description"),
            image=("og:image", "twitter:image"),
            extras=("meta:theme-color", "twitter:card"),
        ),
        title=TextLimit(70, unit="bytes", ending="..."),
        description=TextLimit(350, unit="bytes", ending="..."),
        page=PageLimits(
            url_characters=2_048,
            site_name_characters=256,
            alt_characters=4_096,
            theme_color_in_hex=True,
        ),
        image=ImageLimits(formats=("png", "gif", "jpeg", "webp", "avif")),
        sources=(
            Citation(
                "P",
                _DISCORD,
                (
                    "user_agent",
                    "request",
                    "max_read_bytes",
                    "tags",
                    "title",
                    "description",
                    "page",
                    "image",
                ),
            ),
            Citation("S", "https://mastodawn.com/explore/tag/000abc", ("title", "description")),
            Citation(
                "S",
                "https://opengraphplus.com/consumers/discord/issues/no-embed-showing",
                ("robots",),
            ),
        ),
        remarks=(
            "The time is for the page and all its pictures together.",
            "It takes the <title> and the plain description only as a pair, where a page has "
            "neither Open Graph nor Twitter text.",
            "Its component embeds have a validator of their own, discord_embed.py.",
        ),
    ),
    Crawler(
        name="whatsapp",
        label="WhatsApp",
        platforms=("WhatsApp",),
        user_agent="WhatsApp/2.23.20.0 A",
        request=CrawlerRequest(timeout_seconds=10.0),
        max_read_bytes=300_000,
        title=TextLimit(needed=True),
        description=TextLimit(80, over="folded", needed=True),
        page=PageLimits(title_without_site_name=True),
        image=ImageLimits(min_width=300, max_bytes=600_000, ratio=4.0),
        sources=(
            Citation(
                "P",
                "https://developers.facebook.com/documentation/business-messaging/whatsapp/"
                "link-previews/",
                ("request", "max_read_bytes", "tags", "title", "description", "page", "image"),
            ),
            Citation("S", "", ("user_agent",)),
        ),
        remarks=("The phone of whoever sends the link fetches it.", "It shows two lines of title."),
    ),
    Crawler(
        name="telegram",
        label="Telegram",
        platforms=("Telegram",),
        user_agent="TelegramBot (like TwitterBot)",
        tags=TagPriority(
            title=("og:title", "twitter:title", "title"),
            description=("og:description", "twitter:description", "meta:description"),
            image=("og:image", "twitter:image"),
        ),
        title=TextLimit(needed=True),
        description=TextLimit(needed=True),
        page=PageLimits(no_meta_refresh=True),
        image=ImageLimits(max_bytes=5 * MEGABYTE, formats=("jpeg", "png", "gif")),
        sources=(
            Citation("I", f"{_GITHUB}/telegramdesktop/tdesktop/issues/16312", ("image",)),
            Citation("I", "", ("title", "description")),
            Citation("C", "", ("user_agent", "tags", "page")),
        ),
    ),
    Crawler(
        name="imessage",
        label="iMessage",
        platforms=("Messages on Apple’s devices",),
        user_agent="Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, "
        "like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
        max_read_bytes=MEBIBYTE,
        tags=TagPriority(description=(), extras=("link:apple-touch-icon",)),
        title=TextLimit(needed=True),
        page=PageLimits(title_without_site_name=True),
        image=ImageLimits(min_width=900),
        sources=(
            Citation(
                "P",
                "https://developer.apple.com/documentation/technotes/"
                "tn3156-create-rich-previews-for-messages",
                ("max_read_bytes", "tags", "title", "page", "image"),
            ),
            Citation("S", "https://pastebin.com/MHLPZCNY", ("user_agent",)),
        ),
        remarks=("It shows the title, the site’s name and a picture or the icon; no description.",),
    ),
    Crawler(
        name="mastodon",
        label="Mastodon",
        platforms=("Mastodon", "the Fediverse’s servers that run its code"),
        user_agent="Mastodon/4.5.0 (http.rb/5.3.1; +https://mastodon.social/) Bot",
        request=CrawlerRequest(
            accept="text/html", accept_encoding="gzip", timeout_seconds=10.0, redirects=3
        ),
        max_read_bytes=MEBIBYTE,
        tags=TagPriority(
            title=("jsonld:headline", "og:title", "title"),
            description=("jsonld:description", "og:description", "meta:description"),
            extras=("og:image:alt", "article:published_time", "fediverse:creator"),
        ),
        title=TextLimit(needed=True),
        image=ImageLimits(max_bytes=8 * MEBIBYTE, formats=("jpeg", "png", "gif", "webp")),
        sources=(
            Citation("C", f"{_MASTODON}/lib/link_details_extractor.rb", ("tags",)),
            Citation(
                "C", f"{_MASTODON}/services/fetch_link_card_service.rb", ("user_agent", "title")
            ),
            Citation("C", f"{_MASTODON}/lib/request.rb", ("request", "max_read_bytes")),
            Citation("C", f"{_MASTODON}/models/preview_card.rb", ("image",)),
        ),
        remarks=(
            "It reads oEmbed first.",
            "Of JSON-LD it reads one root object of type NewsArticle or WebPage, and no @graph.",
            "Thousands of servers ask within a minute of one post.",
        ),
    ),
    Crawler(
        name="bluesky",
        label="Bluesky",
        platforms=("Bluesky",),
        user_agent="Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
        request=CrawlerRequest(timeout_seconds=5.0),
        title=TextLimit(needed=True),
        image=ImageLimits(max_bytes=MEGABYTE),
        sources=(
            Citation("I", f"{_GITHUB}/williamsdb/php2Bluesky/issues/1", ("image",)),
            Citation("S", "", ("user_agent", "request", "tags", "title")),
        ),
        remarks=("Its servers took pictures of this size until 2026, some still do.",),
    ),
    Crawler(
        name="matrix",
        label="Matrix",
        platforms=("Matrix, by Synapse",),
        user_agent="Synapse (bot; +https://github.com/matrix-org/synapse)",
        request=CrawlerRequest(timeout_seconds=60.0),
        max_read_bytes=10 * MEBIBYTE,
        tags=TagPriority(
            title=("og:title", "twitter:title", "title"),
            description=("og:description", "twitter:description", "meta:description"),
            image=("og:image", "twitter:image"),
            property_only=True,
        ),
        title=TextLimit(),
        description=TextLimit(500),
        page=PageLimits(og_tags=50, value_characters=1_000),
        image=ImageLimits(max_pixels=32_000_000),
        sources=(
            Citation("C", f"{_SYNAPSE}/preview_html.py", ("tags", "description", "page")),
            Citation(
                "C",
                f"{_SYNAPSE}/url_previewer.py",
                ("user_agent", "request", "max_read_bytes", "page"),
            ),
            Citation(
                "C",
                f"{_GITHUB}/element-hq/synapse/blob/develop/synapse/config/repository.py",
                ("image",),
            ),
        ),
    ),
    Crawler(
        name="signal",
        label="Signal",
        platforms=("Signal",),
        user_agent="WhatsApp/2",
        request=CrawlerRequest(
            accept="text/html,application/xhtml+xml",
            timeout_seconds=60.0,
            redirects=19,
            https_redirects_only=True,
        ),
        max_read_bytes=1_000 * 1_024,
        tags=TagPriority(
            property_only=True,
            image=("og:image", "og:image:url", "link:apple-touch-icon", "link:icon"),
            extras=("article:published_time",),
        ),
        title=TextLimit(needed=True),
        image=ImageLimits(
            max_bytes=MEBIBYTE, formats=("gif", "jpeg", "png", "webp"), needs_length=True
        ),
        sources=(
            Citation(
                "C",
                f"{_GITHUB}/signalapp/Signal-Desktop/blob/main/ts/linkPreviews/linkPreviewFetch.ts",
                ("user_agent", "request", "max_read_bytes", "tags", "title", "image"),
            ),
        ),
    ),
    Crawler(
        name="lemmy",
        label="Lemmy",
        platforms=("Lemmy",),
        user_agent="Lemmy/0.19.11; +https://lemmy.ml",
        request=CrawlerRequest(
            last_byte=1_048_575,
            timeout_seconds=10.0,
            redirects=1,
            absolute_redirects_only=True,
        ),
        max_read_bytes=MEBIBYTE,
        tags=TagPriority(property_only=True),
        sources=(
            Citation(
                "C",
                f"{_GITHUB}/LemmyNet/lemmy/blob/main/crates/api_common/src/request.rs",
                ("user_agent", "request", "max_read_bytes", "tags"),
            ),
        ),
    ),
    Crawler(
        name="mattermost",
        label="Mattermost",
        platforms=("Mattermost",),
        user_agent="Mattermost-Bot/1.1",
        request=CrawlerRequest(accept_encoding="gzip"),
        tags=TagPriority(property_only=True),
        page=PageLimits(og_json_bytes=5 * 1_024),
        sources=(
            Citation(
                "C",
                f"{_GITHUB}/mattermost/mattermost/blob/master/server/channels/app/post_metadata.go",
                ("user_agent", "request", "tags", "page"),
            ),
        ),
    ),
    Crawler(
        name="zulip",
        label="Zulip",
        platforms=("Zulip",),
        user_agent="Mozilla/5.0 (compatible; ZulipURLPreview/11.4; +https://zulip.com)",
        request=CrawlerRequest(methods=("GET", "GET"), timeout_seconds=15.0),
        tags=TagPriority(property_only=True),
        sources=(
            Citation(
                "C",
                f"{_GITHUB}/zulip/zulip/blob/main/zerver/lib/url_preview/preview.py",
                ("user_agent", "request"),
            ),
            Citation(
                "C",
                f"{_GITHUB}/zulip/zulip/blob/main/zerver/lib/url_preview/parsers/open_graph.py",
                ("tags",),
            ),
        ),
    ),
    Crawler(
        name="discourse",
        label="Discourse",
        platforms=("Discourse",),
        user_agent="Discourse Forum Onebox v3.5.0",
        request=CrawlerRequest(methods=("HEAD", "GET"), timeout_seconds=10.0, redirects=5),
        tags=TagPriority(labels=("brand", "price", "usd", "cad", "reading time", "likes")),
        title=TextLimit(80, over="folded", ending="..."),
        description=TextLimit(250, ending="..."),
        sources=(
            Citation(
                "C",
                f"{_GITHUB}/discourse/onebox/blob/main/lib/onebox/engine/"
                "allowlisted_generic_onebox.rb",
                ("tags", "title", "description"),
            ),
            Citation(
                "C",
                f"{_GITHUB}/discourse/discourse/blob/main/config/initializers/100-onebox_options.rb",
                ("user_agent", "request"),
            ),
        ),
    ),
    Crawler(
        name="steam",
        label="Steam",
        platforms=("Steam’s chat",),
        user_agent="Valve/Steam HTTP Client 1.0 (SteamChatURLLookup)",
        request=CrawlerRequest(methods=("HEAD", "GET")),
        sources=(Citation("C", "", ("user_agent", "request", "tags")),),
    ),
    Crawler(
        name="teams",
        label="Teams",
        platforms=("Microsoft Teams", "Skype"),
        user_agent="Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 "
        "skype-url-preview@microsoft.com",
        sources=(Citation("S", "", ("user_agent", "tags")),),
    ),
    Crawler(
        name="reddit",
        label="Reddit",
        platforms=("Reddit",),
        user_agent="Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)",
        robots="redditbot",
        sources=(Citation("S", "", ("user_agent", "robots", "tags")),),
    ),
    Crawler(
        name="pinterest",
        label="Pinterest",
        platforms=("Pinterest",),
        user_agent="Mozilla/5.0 (compatible; Pinterestbot/1.0; "
        "+https://www.pinterest.com/bot.html)",
        robots="Pinterestbot",
        sources=(
            Citation("P", "https://www.pinterest.com/bot.html", ("user_agent", "robots")),
            Citation("S", "", ("tags",)),
        ),
    ),
    Crawler(
        name="google",
        label="Google",
        kind="search",
        user_agent="Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        robots="Googlebot",
        max_read_bytes=2 * MEBIBYTE,
        tags=TagPriority(("title", "og:title"), ("meta:description", "og:description")),
        sources=(
            Citation(
                "P",
                "https://developers.google.com/search/docs/crawling-indexing/googlebot",
                ("user_agent", "robots", "max_read_bytes"),
            ),
            Citation(
                "P",
                "https://developers.google.com/search/docs/appearance/title-link",
                ("tags",),
            ),
        ),
    ),
    Crawler(
        name="bing",
        label="Bing",
        kind="search",
        user_agent="Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        robots="bingbot",
        tags=TagPriority(("title", "og:title"), ("meta:description", "og:description")),
        sources=(
            Citation(
                "P",
                "https://www.bing.com/webmasters/help/which-crawlers-does-bing-use-8c184ec0",
                ("user_agent", "robots"),
            ),
            Citation("S", "", ("tags",)),
        ),
    ),
    Crawler(
        name="gptbot",
        label="GPTBot",
        kind="assistant",
        user_agent="Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; "
        "+https://openai.com/gptbot)",
        robots="GPTBot",
        sources=(Citation("P", "https://platform.openai.com/docs/bots", ("user_agent", "robots")),),
    ),
    Crawler(
        name="claudebot",
        label="ClaudeBot",
        kind="assistant",
        user_agent="Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; "
        "+claudebot@anthropic.com)",
        robots="ClaudeBot",
        sources=(
            Citation(
                "P", "https://support.claude.com/en/articles/8896518", ("user_agent", "robots")
            ),
        ),
    ),
    Crawler(
        name="perplexitybot",
        label="PerplexityBot",
        kind="assistant",
        user_agent="Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; "
        "PerplexityBot/1.0; +https://perplexity.ai/perplexitybot)",
        robots="PerplexityBot",
        sources=(
            Citation("P", "https://docs.perplexity.ai/guides/bots", ("user_agent", "robots")),
        ),
    ),
)

PREVIEW_CRAWLERS = tuple(crawler for crawler in CRAWLERS if crawler.kind == "preview")


def get_crawler(name: str) -> Crawler:
    """Return the crawler of that name; raise KeyError where there is none."""
    return {crawler.name: crawler for crawler in CRAWLERS}[name]
