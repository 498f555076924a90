"""A deployed site as its checks see it, and what they expect of a response."""

import re
import time
from collections.abc import Callable

import httpx


class CheckFailed(Exception):
    """The site did not pass a check; the message says what it did instead."""


class Site:
    """A site at a URL, and the model whose page is checked.

    `flood` is how many requests are sent at once to be throttled; `clock` returns seconds.
    """

    def __init__(
        self,
        client: httpx.Client,
        url: str,
        model: str,
        max_age_minutes: int,
        flood: int = 1,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.url = url
        self.max_age_minutes = max_age_minutes
        self.flood = flood
        self.clock = clock
        self._client = client
        self._model = model

    @property
    def path(self) -> str:
        """The path of the model's page. The default model is the first one that `/` lists."""
        if not self._model:
            listed = re.search(r'name="m" value="([^"/]+/[^"/]+)"', self.get("/").text)
            if not listed:
                raise CheckFailed("the front page lists no model")
            self._model = listed[1]
        return f"/{self._model}"

    @property
    def card_path(self) -> str:
        """The path of the card that the model's page links to. Raises CheckFailed."""
        return self.card_path_of(self.path)

    def card_path_of(self, page: str) -> str:
        """Return the path of the card that a page links to. Raises CheckFailed."""
        url = self.meta("og:image", page)
        if not url.startswith(f"{self.url}/"):
            raise CheckFailed(f"the card is at {url}, not on {self.url}")
        return url.removeprefix(self.url).split("?")[0]

    def get(self, path: str, method: str = "GET", **headers: str) -> httpx.Response:
        """Return the response to a request without compression. Redirects are not followed."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            return self._client.request(
                method, self.url + path, headers={"accept-encoding": "identity", **named}
            )
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise CheckFailed(f"no response: {type(error).__name__} {error}".strip()) from error

    def meta(self, name: str, page: str = "") -> str:
        """Return the content of a meta property on a page, by default the model's."""
        text = self.get(page or self.path).text
        tag = re.search(rf'<meta property="{name}" content="([^"]*)"', text)
        if not tag:
            raise CheckFailed(f"the page has no {name}")
        return tag[1]


def expect(response: httpx.Response, status: int, media_type: str = "") -> httpx.Response:
    """Return the response if it has a status and a media type. Raises CheckFailed."""
    expect_equal("status", response.status_code, status)
    content_type = response.headers.get("content-type", "")
    if not content_type.startswith(media_type):
        raise CheckFailed(f"the media type is {content_type}, not {media_type}")
    return response


def expect_equal(name: str, actual: object, expected: object) -> None:
    """Raise CheckFailed unless both are equal."""
    if actual != expected:
        raise CheckFailed(f"{name} is {actual!r}, not {expected!r}")
