"""What an operator sets, read once from an environment that `bootstrap` hands in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from handler.domain.errors import SettingsError

_ORIGIN = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9a-f:]+\])(:\d+)?", re.ASCII)
_EXPLORER = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(/[!#-;=?-\[\]_a-z{}~]*)?", re.ASCII)
_OWN_EXPLORER = "/"
_WEB_PAGE = re.compile(r"(https?://|mailto:)[!-~]{3,500}", re.ASCII)
_HEADER_VALUE = re.compile(r"[!-~]*")
_OFF = "off"
_ALLOW, _DISALLOW = "allow", "disallow"
_GATES = ("MOST_LOST", "MOST_REPRICED", "MOST_SET_ASIDE")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of both functions.

    `store` is a folder or s3://BUCKET/PREFIX. `site_url` is the origin of every absolute URL,
    None where the API's own domain serves. `openrouter_url` is the address of another API than
    OpenRouter's own, `arena_url` of another leaderboard than Arena's, "" for none at all.
    Details are asked for in `details_seconds` at most, `details_per_second` calls in each.
    `gates` has the shares, from 0 to 1, of those gates whose defaults are not to hold.
    `explorer_url` is where pages lead who wants to see all models: this site's own explorer, or
    another's address, with {id} where that of one model has its id.
    `llm_allowed` is whether what reads for language models may read the pages. `contact_url` is
    where readers may report a wrong number.
    """

    store: str
    site_url: str | None = None
    openrouter_url: str | None = None
    openrouter_api_key: str | None = None
    arena_url: str | None = None
    details_per_second: float = 2.0
    details_seconds: float = 120.0
    gates: Mapping[str, float] = field(default_factory=dict)
    explorer_url: str = _OWN_EXPLORER
    llm_allowed: bool = True
    contact_url: str | None = None
    aws_region: str = ""
    s3_endpoint_url: str | None = None


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Return the settings. Raises SettingsError, naming the key that is missing or wrong."""
    store = environment.get("BURGEE_STORE", "")
    if not store:
        raise SettingsError("BURGEE_STORE is not set: a folder, or s3://BUCKET/PREFIX")
    arena_url = environment.get("ARENA_URL") or None
    return Settings(
        store=store,
        site_url=origin(environment.get("SITE_URL", "")),
        openrouter_url=environment.get("OPENROUTER_URL") or None,
        openrouter_api_key=_api_key(environment.get("OPENROUTER_API_KEY", "").strip()),
        arena_url="" if arena_url == _OFF else arena_url,
        details_per_second=_number(environment, "DETAILS_PER_SECOND", 2.0, 10_000),
        details_seconds=_number(environment, "DETAILS_SECONDS", 120.0, 240),
        gates=dict(_gates(environment)),
        explorer_url=_explorer(environment.get("EXPLORER_URL") or _OWN_EXPLORER),
        llm_allowed=_llm_allowed(environment.get("ROBOTS_LLM") or _ALLOW),
        contact_url=_contact(environment.get("CONTACT_URL", "")),
        aws_region=environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION", ""),
        s3_endpoint_url=environment.get("AWS_ENDPOINT_URL_S3")
        or environment.get("AWS_ENDPOINT_URL")
        or None,
    )


def origin(url: str) -> str | None:
    """Return "https://host[:port]" of SITE_URL, None where it is not set. Raises SettingsError."""
    if not url:
        return None
    if not _ORIGIN.fullmatch(url.removesuffix("/")):
        raise SettingsError(f"SITE_URL is {url!r}, not of the form https://previews.example.org")
    return url.removesuffix("/")


def _explorer(url: str) -> str:
    if url != _OWN_EXPLORER and not _EXPLORER.fullmatch(url):
        raise SettingsError(
            f"EXPLORER_URL is {url!r}, not of the form https://explorer.example.org/models/{{id}}"
        )
    return url


def _api_key(key: str) -> str | None:
    """Return the key, None where there is none. The error of an HTTP library would show it."""
    if not _HEADER_VALUE.fullmatch(key):
        raise SettingsError("OPENROUTER_API_KEY has characters in it that no HTTP header can have")
    return key or None


def _llm_allowed(policy: str) -> bool:
    if policy not in (_ALLOW, _DISALLOW):
        raise SettingsError(f"ROBOTS_LLM is {policy!r}, neither {_ALLOW!r} nor {_DISALLOW!r}")
    return policy == _ALLOW


def _contact(url: str) -> str | None:
    if url and not _WEB_PAGE.fullmatch(url):
        raise SettingsError(f"CONTACT_URL is {url!r}, not an address like https://… or mailto:…")
    return url or None


def _gates(environment: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    for key in _GATES:
        if environment.get(key):
            yield key.lower(), _number(environment, key, 0, 1)


def _number(environment: Mapping[str, str], key: str, default: float, highest: float) -> float:
    text = environment.get(key) or str(default)
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= highest:
        raise SettingsError(f"{key} is {text!r}, not a number from 0 to {highest}")
    return number
