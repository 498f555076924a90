"""The operator's settings, parsed once from the environment variables."""

import re
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import NamedTuple, Self

from handler.domain.errors import SettingsError

_SITE_URL = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9a-f:]+\])(:\d+)?", re.ASCII)
_EXPLORER_URL = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(/[!#-;=?-\[\]_a-z{}~]*)?", re.ASCII)
_DEFAULT_EXPLORER = "/"
_CONTACT_URL = re.compile(r"(https?://|mailto:)[!-~]{3,500}", re.ASCII)
_HEADER_VALUE = re.compile(r"[!-~]*")
AI_CRAWLER_KINDS = ("training", "search", "user")
"""The kinds of AI crawlers that `ROBOTS_LLM` tells apart: those of the generated list of them."""
_AI_CRAWLER_POLICIES = {"allow": (), "disallow": AI_CRAWLER_KINDS, "all": AI_CRAWLER_KINDS}
_FRACTIONS = ("MAX_LOST_FRACTION", "MAX_REPRICED_FRACTION", "MAX_SKIPPED_FRACTION")


class Settings(NamedTuple):
    """The settings of both functions.

    `store` is a folder or s3://BUCKET/PREFIX. `site_url` is the base of absolute URLs,
    `https://host[:port]`; only the render side requires it. `openrouter_url` and `arena_url`
    replace the public APIs; an `arena_url` of "" means no leaderboard. `openrouter_api_key_name`
    names an SSM parameter that has the key. `sanity_limits` has the fractions, 0 to 1, that replace
    defaults of SanityLimits. `explorer_url` is `/` for this site's explorer, or the URL of another,
    with `{id}` where it has a page for each model.
    `disallowed_ai_crawlers` has those of AI_CRAWLER_KINDS that robots.txt disallows.
    `contact_url` is where readers may report a wrong number. `memory_megabytes` is what Lambda
    gives the function, 0 elsewhere.
    """

    store: str
    site_url: str | None = None
    openrouter_url: str | None = None
    openrouter_api_key: str | None = None
    openrouter_api_key_name: str | None = None
    arena_url: str | None = None
    endpoint_requests_per_second: float = 2.0
    endpoint_time_budget_seconds: float = 120.0
    sanity_limits: Mapping[str, float] = MappingProxyType({})
    explorer_url: str = _DEFAULT_EXPLORER
    disallowed_ai_crawlers: tuple[str, ...] = ()
    contact_url: str | None = None
    aws_region: str = ""
    s3_endpoint_url: str | None = None
    memory_megabytes: float = 0

    @classmethod
    def from_env(cls, environment: Mapping[str, str]) -> Self:
        """Return the settings. Raises SettingsError, naming the key that is missing or wrong."""
        store = environment.get("BURGEE_STORE", "")
        if not store:
            raise SettingsError("BURGEE_STORE is not set: a folder, or s3://BUCKET/PREFIX")
        arena_url = environment.get("ARENA_URL") or None
        s3_url = environment.get("AWS_ENDPOINT_URL_S3") or environment.get("AWS_ENDPOINT_URL")
        number = partial(_parse_number, environment)
        return cls(
            store=store,
            site_url=_parse_site_url(environment.get("SITE_URL", "")),
            openrouter_url=environment.get("OPENROUTER_URL") or None,
            openrouter_api_key=parse_api_key(environment.get("OPENROUTER_API_KEY", "")),
            openrouter_api_key_name=environment.get("OPENROUTER_API_KEY_NAME") or None,
            arena_url="" if arena_url == "off" else arena_url,
            endpoint_requests_per_second=number("ENDPOINT_REQUESTS_PER_SECOND", 2.0, 10_000),
            endpoint_time_budget_seconds=number("ENDPOINT_TIME_BUDGET_SECONDS", 120.0, 240),
            sanity_limits={k.lower(): number(k, 0, 1) for k in _FRACTIONS if environment.get(k)},
            explorer_url=_parse_explorer_url(environment.get("EXPLORER_URL") or _DEFAULT_EXPLORER),
            disallowed_ai_crawlers=_parse_ai_crawlers(environment.get("ROBOTS_LLM") or "allow"),
            contact_url=_parse_contact_url(environment.get("CONTACT_URL", "")),
            aws_region=environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION", ""),
            s3_endpoint_url=s3_url or None,
            memory_megabytes=number("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", 0, 65_536),
        )

    @property
    def is_s3(self) -> bool:
        """Whether the store is on S3 instead of in a folder."""
        return self.store.startswith("s3://")


def _parse_site_url(url: str) -> str | None:
    """Return the URL without a trailing slash, None where it is not set."""
    if url and not _SITE_URL.fullmatch(url.removesuffix("/")):
        raise SettingsError(f"SITE_URL is {url!r}, not of the form https://previews.example.org")
    return url.removesuffix("/") or None


def _parse_explorer_url(url: str) -> str:
    if url != _DEFAULT_EXPLORER and not _EXPLORER_URL.fullmatch(url):
        raise SettingsError(
            f"EXPLORER_URL is {url!r}, not of the form https://explorer.example.org/models/{{id}}"
        )
    return url


def parse_api_key(text: str, name: str = "OPENROUTER_API_KEY") -> str | None:
    """Return the key without space around it, None if there is none.

    Raises SettingsError, which shows its name alone: the error of an HTTP library would show it.
    """
    key = text.strip()
    if not _HEADER_VALUE.fullmatch(key):
        raise SettingsError(f"{name} has characters in it that no HTTP header can have")
    return key or None


def _parse_ai_crawlers(policy: str) -> tuple[str, ...]:
    """Return the kinds that a word or a list of kinds disallows, in order of AI_CRAWLER_KINDS."""
    if policy in _AI_CRAWLER_POLICIES:
        return _AI_CRAWLER_POLICIES[policy]
    kinds = {kind.strip() for kind in policy.split(",")}
    if not kinds <= {*AI_CRAWLER_KINDS}:
        valid = ", ".join(AI_CRAWLER_KINDS)
        raise SettingsError(
            f"ROBOTS_LLM is {policy!r}, not 'allow', 'disallow', 'all' or kinds of crawlers to "
            f"disallow, separated by commas: {valid}"
        )
    return tuple(kind for kind in AI_CRAWLER_KINDS if kind in kinds)


def _parse_contact_url(url: str) -> str | None:
    if url and not _CONTACT_URL.fullmatch(url):
        raise SettingsError(f"CONTACT_URL is {url!r}, not an address like https://… or mailto:…")
    return url or None


def _parse_number(env: Mapping[str, str], key: str, default: float, maximum: float) -> float:
    text = env.get(key) or str(default)
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= maximum:
        raise SettingsError(f"{key} is {text!r}, not a number from 0 to {maximum}")
    return number
