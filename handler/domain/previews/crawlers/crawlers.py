"""Every crawler that visits the site. Pages keep the limits of all of them.

docs/crawlers.md is generated from this table, tests request pages as it says, and scripts/unfurl
applies it to any link.
"""

from handler.domain.previews.crawlers import (
    assistants,
    messengers,
    search_engines,
    social_networks,
    team_chats,
)
from handler.domain.previews.crawlers.crawler import Crawler

CRAWLERS = (
    social_networks.FACEBOOK,
    social_networks.X,
    social_networks.LINKEDIN,
    team_chats.SLACK,
    team_chats.DISCORD,
    messengers.WHATSAPP,
    messengers.TELEGRAM,
    messengers.IMESSAGE,
    social_networks.MASTODON,
    social_networks.BLUESKY,
    team_chats.MATRIX,
    messengers.SIGNAL,
    social_networks.LEMMY,
    team_chats.MATTERMOST,
    team_chats.ZULIP,
    social_networks.DISCOURSE,
    team_chats.STEAM,
    team_chats.TEAMS,
    social_networks.REDDIT,
    social_networks.PINTEREST,
    search_engines.GOOGLE,
    search_engines.BING,
    assistants.GPTBOT,
    assistants.CLAUDEBOT,
    assistants.PERPLEXITYBOT,
)
"""In the order of docs/crawlers.md and robots.txt."""

PREVIEW_CRAWLERS = tuple(crawler for crawler in CRAWLERS if crawler.kind == "preview")


def get_crawler(name: str) -> Crawler:
    """Return the crawler of a name. Raises KeyError where there is none."""
    return {crawler.name: crawler for crawler in CRAWLERS}[name]
