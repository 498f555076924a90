"""Messengers that show a preview of a link in a private chat."""

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

WHATSAPP = Crawler(
    name="whatsapp",
    label="WhatsApp",
    user_agent="WhatsApp/2.23.20.0 A",
    request=CrawlerRequest(timeout_seconds=10.0),
    max_read_bytes=300_000,
    title=TextLimit(required=True),
    description=TextLimit(80, overflow="folded", required=True),
    page=PageLimits(title_without_site_name=True),
    image=ImageLimits(min_width=300, max_bytes=600_000, ratio=4.0),
    citations=(
        Citation(
            "P",
            "https://developers.facebook.com/documentation/business-messaging/whatsapp/"
            "link-previews/",
            ("request", "max_read_bytes", "tags", "title", "description", "page", "image"),
        ),
        Citation("S", "", ("user_agent",)),
    ),
    remarks=("The sender’s phone fetches the link.", "Shows two lines of the title."),
)
TELEGRAM = Crawler(
    name="telegram",
    label="Telegram",
    user_agent="TelegramBot (like TwitterBot)",
    tags=OPEN_GRAPH_OR_TWITTER,
    title=TextLimit(required=True),
    description=TextLimit(required=True),
    page=PageLimits(no_meta_refresh=True),
    image=ImageLimits(max_bytes=5 * MEGABYTE, formats=("jpeg", "png", "gif")),
    citations=(
        Citation("I", "https://github.com/telegramdesktop/tdesktop/issues/16312", ("image",)),
        Citation("I", "", ("title", "description")),
        Citation("C", "", ("user_agent", "tags", "page")),
    ),
)
IMESSAGE = Crawler(
    name="imessage",
    label="iMessage",
    platforms=("Messages on Apple’s devices",),
    user_agent="Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, "
    "like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    max_read_bytes=MEBIBYTE,
    tags=TagPriority(description=(), extras=("link:apple-touch-icon",)),
    title=TextLimit(required=True),
    page=PageLimits(title_without_site_name=True),
    image=ImageLimits(min_width=900),
    citations=(
        Citation(
            "P",
            "https://developer.apple.com/documentation/technotes/"
            "tn3156-create-rich-previews-for-messages",
            ("max_read_bytes", "tags", "title", "page", "image"),
        ),
        Citation("S", "https://pastebin.com/MHLPZCNY", ("user_agent",)),
    ),
    remarks=("Shows the title, the site’s name and an image or the icon, but no description.",),
)
SIGNAL = Crawler(
    name="signal",
    label="Signal",
    user_agent="WhatsApp/2",
    request=CrawlerRequest(
        accept="text/html,application/xhtml+xml",
        timeout_seconds=60.0,
        max_redirects=19,
        https_redirects_only=True,
    ),
    max_read_bytes=1_000 * 1_024,
    tags=TagPriority(
        property_only=True,
        image=("og:image", "og:image:url", "link:apple-touch-icon", "link:icon"),
        extras=("article:published_time",),
    ),
    title=TextLimit(required=True),
    image=ImageLimits(
        max_bytes=MEBIBYTE, formats=("gif", "jpeg", "png", "webp"), requires_content_length=True
    ),
    citations=(
        Citation(
            "C",
            "https://github.com/signalapp/Signal-Desktop/blob/main/ts/linkPreviews/linkPreviewFetch.ts",
            ("user_agent", "request", "max_read_bytes", "tags", "title", "image"),
        ),
    ),
)
