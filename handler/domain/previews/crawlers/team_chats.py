"""Chats of teams and communities that show a preview of a link."""

from handler.domain.previews.crawlers.crawler import (
    MEBIBYTE,
    MEGABYTE,
    OPEN_GRAPH_OR_TWITTER,
    Citation,
    Crawler,
    CrawlerRequest,
    ImageLimits,
    PageLimits,
    TagPriority,
    TextLimit,
)

_DISCORD = "https://docs.discord.com/developers/link-previews/overview"
_OPENGRAPHPLUS = "https://opengraphplus.com/consumers"
_SYNAPSE = "https://github.com/element-hq/synapse/blob/develop/synapse"
_ZULIP = "https://github.com/zulip/zulip/blob/main/zerver/lib/url_preview"

SLACK = Crawler(
    name="slack",
    label="Slack",
    user_agent="Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    request=CrawlerRequest(last_byte=32_768, timeout_seconds=3.0),
    max_read_bytes=32_768,
    tags=OPEN_GRAPH_OR_TWITTER._replace(labels=()),
    title=TextLimit(required=True),
    description=TextLimit(required=True),
    citations=(
        Citation("P", "https://api.slack.com/robots", ("user_agent", "tags")),
        Citation(
            "S",
            f"{_OPENGRAPHPLUS}/slack/crawling",
            ("request", "max_read_bytes", "title", "description"),
        ),
    ),
    remarks=(
        "Does not read robots.txt.",
        "Reads oEmbed first, and shows its text.",
        "Loads images through its own proxy.",
    ),
)
DISCORD = Crawler(
    name="discord",
    label="Discord",
    user_agent="Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    robots="Discordbot",
    request=CrawlerRequest(timeout_seconds=10.0, max_redirects=5),
    max_read_bytes=50 * MEGABYTE,
    tags=OPEN_GRAPH_OR_TWITTER._replace(extras=("meta:theme-color", "twitter:card")),
    title=TextLimit(70, unit="bytes", ending="..."),
    description=TextLimit(350, unit="bytes", ending="..."),
    page=PageLimits(
        url_characters=2_048,
        site_name_characters=256,
        alt_characters=4_096,
        theme_color_in_hex=True,
    ),
    image=ImageLimits(formats=("png", "gif", "jpeg", "webp", "avif")),
    citations=(
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
        Citation("S", f"{_OPENGRAPHPLUS}/discord/issues/no-embed-showing", ("robots",)),
    ),
    remarks=(
        "The timeout is for the page and all its images together.",
        "Takes the <title> and the plain description only together, on a page without "
        "Open Graph and Twitter texts.",
        "discord_embed.py validates its component embeds.",
    ),
)
MATRIX = Crawler(
    name="matrix",
    label="Matrix",
    platforms=("Matrix, by Synapse",),
    user_agent="Synapse (bot; +https://github.com/matrix-org/synapse)",
    request=CrawlerRequest(timeout_seconds=60.0),
    max_read_bytes=10 * MEBIBYTE,
    tags=OPEN_GRAPH_OR_TWITTER._replace(property_only=True),
    title=TextLimit(),
    description=TextLimit(500),
    page=PageLimits(og_tags=50, value_characters=1_000),
    image=ImageLimits(max_pixels=32_000_000),
    citations=(
        Citation("C", f"{_SYNAPSE}/media/preview_html.py", ("tags", "description", "page")),
        Citation(
            "C",
            f"{_SYNAPSE}/media/url_previewer.py",
            ("user_agent", "request", "max_read_bytes", "page"),
        ),
        Citation("C", f"{_SYNAPSE}/config/repository.py", ("image",)),
    ),
)
MATTERMOST = Crawler(
    name="mattermost",
    label="Mattermost",
    user_agent="Mattermost-Bot/1.1",
    request=CrawlerRequest(accept_encoding="gzip"),
    tags=TagPriority(property_only=True),
    page=PageLimits(og_json_bytes=5 * 1_024),
    citations=(
        Citation(
            "C",
            "https://github.com/mattermost/mattermost/blob/master/server/channels/app/post_metadata.go",
            ("user_agent", "request", "tags", "page"),
        ),
    ),
)
ZULIP = Crawler(
    name="zulip",
    label="Zulip",
    user_agent="Mozilla/5.0 (compatible; ZulipURLPreview/11.4; +https://zulip.com)",
    request=CrawlerRequest(methods=("GET", "GET"), timeout_seconds=15.0),
    tags=TagPriority(property_only=True),
    citations=(
        Citation("C", f"{_ZULIP}/preview.py", ("user_agent", "request")),
        Citation("C", f"{_ZULIP}/parsers/open_graph.py", ("tags",)),
    ),
)
STEAM = Crawler(
    name="steam",
    label="Steam",
    platforms=("Steam’s chat",),
    user_agent="Valve/Steam HTTP Client 1.0 (SteamChatURLLookup)",
    request=CrawlerRequest(methods=("HEAD", "GET")),
    citations=(Citation("C", "", ("user_agent", "request", "tags")),),
)
TEAMS = Crawler(
    name="teams",
    label="Teams",
    platforms=("Microsoft Teams", "Skype"),
    user_agent="Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 "
    "skype-url-preview@microsoft.com",
    citations=(Citation("S", "", ("user_agent", "tags")),),
)
