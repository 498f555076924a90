"""Every crawler that visits the site. Pages keep the limits of all of them.

docs/crawlers.md is generated from this table, tests request pages as it says, and scripts/unfurl
applies it to any link.
"""

from handler.domain.previews.crawlers.assistants import CLAUDEBOT, GPTBOT, PERPLEXITYBOT
from handler.domain.previews.crawlers.crawler import Crawler
from handler.domain.previews.crawlers.messengers import IMESSAGE, SIGNAL, TELEGRAM, WHATSAPP
from handler.domain.previews.crawlers.search_engines import BING, GOOGLE
from handler.domain.previews.crawlers.social_networks import (
    BLUESKY,
    DISCOURSE,
    FACEBOOK,
    LEMMY,
    LINKEDIN,
    MASTODON,
    PINTEREST,
    REDDIT,
    X,
)
from handler.domain.previews.crawlers.team_chats import (
    DISCORD,
    MATRIX,
    MATTERMOST,
    SLACK,
    STEAM,
    TEAMS,
    ZULIP,
)

CRAWLERS = (
    FACEBOOK,
    X,
    LINKEDIN,
    SLACK,
    DISCORD,
    WHATSAPP,
    TELEGRAM,
    IMESSAGE,
    MASTODON,
    BLUESKY,
    MATRIX,
    SIGNAL,
    LEMMY,
    MATTERMOST,
    ZULIP,
    DISCOURSE,
    STEAM,
    TEAMS,
    REDDIT,
    PINTEREST,
    GOOGLE,
    BING,
    GPTBOT,
    CLAUDEBOT,
    PERPLEXITYBOT,
)
"""In the order of docs/crawlers.md and robots.txt."""

PREVIEW_CRAWLERS = tuple(crawler for crawler in CRAWLERS if crawler.kind == "preview")


def get_crawler(name: str) -> Crawler:
    """Return the crawler of a name. Raises KeyError where there is none."""
    return {crawler.name: crawler for crawler in CRAWLERS}[name]
