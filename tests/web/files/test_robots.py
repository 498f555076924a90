"""robots.txt, read by two parsers as each crawler would."""

import re
from urllib.robotparser import RobotFileParser

import pytest
from protego import Protego

from handler.bootstrap.render import create_site_from_env
from handler.domain.previews.crawlers.ai_crawlers import AI_CRAWLERS
from handler.domain.previews.crawlers.crawlers import CRAWLERS, PREVIEW_CRAWLERS
from handler.settings import AI_CRAWLER_KINDS
from handler.web.app import respond
from handler.web.http.headers import TEXT
from handler.web.http.request import Request
from scripts.commands.ai_crawlers import read_index
from tests.support.builders import HERMES, MemoryStore, catalog_bytes
from tests.support.constants import SITE_URL
from tests.support.http.asgi import ask, create_app

PAGE = f"{SITE_URL}/nousresearch/hermes-4-405b"
BYTES = catalog_bytes([HERMES])
# The kind of each category of the index. All others are never disallowed.
KINDS = {
    "ai-training": "training",
    "dataset": "training",
    "ai-search": "search",
    "user-fetch": "user",
}
CHOICES = [
    (),
    ("training",),
    ("search",),
    ("user",),
    ("training", "search"),
    ("training", "user"),
    ("search", "user"),
    AI_CRAWLER_KINDS,
]
each_choice = pytest.mark.parametrize("disallowed", CHOICES, ids=",".join)


def robots_txt(disallowed: tuple[str, ...]) -> str:
    app = create_app(MemoryStore(BYTES), disallowed_ai_crawlers=disallowed)
    answer = ask(app, "/robots.txt")
    assert (answer.status, answer.headers["content-type"]) == (200, TEXT)
    return answer.text


def verdicts(text: str, agent: str) -> set[bool]:
    """Return whether an agent may read a page, as both parsers understand it."""
    standard = RobotFileParser()
    standard.parse(text.splitlines())
    return {Protego.parse(text).can_fetch(PAGE, agent), standard.can_fetch(agent, PAGE)}


@each_choice
def test_every_agent_of_the_index_follows_the_setting(disallowed: tuple[str, ...]) -> None:
    text = robots_txt(disallowed)
    expected = {
        crawler["robots_token"]: KINDS.get(crawler["category"]) not in disallowed
        for crawler in read_index().crawlers
    }

    assert len(expected) >= 149
    assert {name: verdicts(text, name) for name in expected} == {
        name: {is_allowed} for name, is_allowed in expected.items()
    }


@each_choice
def test_link_previews_are_allowed_whatever_is_chosen(disallowed: tuple[str, ...]) -> None:
    text = robots_txt(disallowed)
    agents = {c["robots_token"] for c in read_index().crawlers if c["category"] == "preview"}
    agents |= {crawler.robots or crawler.name for crawler in PREVIEW_CRAWLERS}

    assert {"facebookexternalhit", "Slackbot", "Twitterbot", "Discordbot"} <= agents
    assert [agent for agent in sorted(agents) if verdicts(text, agent) != {True}] == []
    # The whole header too: some parsers look for names in it.
    rules = Protego.parse(text)
    headers = [crawler.user_agent for crawler in PREVIEW_CRAWLERS]
    assert [header for header in headers if not rules.can_fetch(PAGE, header)] == []


@each_choice
def test_search_engines_and_unknown_agents_are_allowed(disallowed: tuple[str, ...]) -> None:
    text = robots_txt(disallowed)

    for agent in ("Googlebot", "bingbot", "Applebot", "Slackbot 1.0", "anything else"):
        assert verdicts(text, agent) == {True}
    assert list(Protego.parse(text).sitemaps) == [f"{SITE_URL}/sitemap.xml"]


def test_every_crawler_is_named_once() -> None:
    named = re.findall(r"^User-agent: (.*)$", robots_txt(()), re.MULTILINE)
    known = {crawler.robots for crawler in CRAWLERS if crawler.robots}
    ai_crawlers = [name for names in AI_CRAWLERS.values() for name in names]

    assert sorted(named) == sorted({"*", *known, *ai_crawlers})
    assert {c.robots for c in CRAWLERS if c.kind == "assistant"} <= {*ai_crawlers}


def test_kinds_are_those_of_the_setting() -> None:
    assert tuple(AI_CRAWLERS) == AI_CRAWLER_KINDS


@pytest.mark.parametrize(
    ("policy", "groups"), [("", 0), ("allow", 0), ("user", 1), ("search,user", 2), ("all", 3)]
)
def test_robots_policy_is_a_setting(policy: str, groups: int) -> None:
    environment = {"BURGEE_STORE": "nowhere", "SITE_URL": SITE_URL, "ROBOTS_LLM": policy}

    site = create_site_from_env(environment)

    answer = respond(site, Request("GET", "/robots.txt"))
    assert answer.body.decode().splitlines().count("Disallow: /") == groups
