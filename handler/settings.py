"""What an operator sets, read once from an environment that `bootstrap` hands in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handler.domain.errors import SettingsError

_ORIGIN = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9a-f:]+\])(:\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of both functions.

    `store` is a folder or s3://BUCKET/PREFIX. `site_url` is the origin of every absolute URL,
    None where the API's own domain serves. `list_url` is None for OpenRouter's own list.
    """

    store: str
    site_url: str | None = None
    list_url: str | None = None
    openrouter_api_key: str | None = None
    aws_region: str = ""
    s3_endpoint_url: str | None = None


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Return the settings. Raises SettingsError, naming the key that is missing or wrong."""
    store = environment.get("BURGEE_STORE", "")
    if not store:
        raise SettingsError("BURGEE_STORE is not set: a folder, or s3://BUCKET/PREFIX")
    return Settings(
        store=store,
        site_url=origin(environment.get("SITE_URL", "")),
        list_url=environment.get("OPENROUTER_LIST_URL") or None,
        openrouter_api_key=environment.get("OPENROUTER_API_KEY") or None,
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
