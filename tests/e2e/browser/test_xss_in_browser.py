"""Payloads on every kind of page, in a real Chromium: nothing runs, asks, opens or complains."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from handler.adapters.storage.file_store import FileStore
from scripts.local_stack.processes import LOOPBACK
from tests.support.builders import stored
from tests.support.external import real_part
from tests.support.hostile.payloads import XSS, naughty, profile_with
from tests.support.iterations import LONG, repeat
from tests.support.servers.browser_monitor import Watched, watched
from tests.support.servers.serve_process import serving

pytestmark = pytest.mark.e2e

# Kinds of pages that a browser shows, of each model and of all.
OF_EACH = ("", "/badge.svg", "/feed.xml", "/preview")
MISSING = "/acme/hostile"
SAID_OF_IT = (
    "console error Failed to load resource: the server responded with a status of 404 (Not Found)"
)
OF_ALL = ["/", "/feed.xml", "/acme/feed.xml", MISSING, "/methodology", "/api/models", "/acme"]
OF_ALL += ["/?by=acme&sort=name", "/compare?m=acme/hostile-0&m=acme/hostile-1&m=acme/hostile-2"]


def texts() -> list[str]:
    return [*XSS, *naughty(real_part("BURGEE_NAUGHTY"))] if LONG else XSS[:: repeat(6, 1)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("store")
    profiles = (profile_with(text, f"acme/hostile-{n}") for n, text in enumerate(texts()))
    FileStore(folder).put(stored(*profiles), None)
    with serving("--store", folder, "--offline") as (address, _):
        yield address.replace(LOOPBACK, "localhost")


@pytest.mark.promise("P16", "pages with payloads in every field, shown by Chromium")
@pytest.mark.parametrize("obeys_policy", [True, False], ids=["with policy", "without it"])
def test_no_page_does_more_than_be_shown(
    site: str, browser: Browser, obeys_policy: bool, record_property: Callable[[str, int], None]
) -> None:
    paths = [f"/acme/hostile-{n}{kind}" for n in range(len(texts())) for kind in OF_EACH]
    paths += [f"/api/models/acme/hostile-{n}" for n in range(len(texts()))]
    paths += OF_ALL
    record_property("tried", len(paths))
    pages = watched(browser, site, obeys_policy)

    assert {path: seen for path in paths if (seen := pages.visited(path))} == {
        MISSING: [SAID_OF_IT]
    }


@pytest.mark.parametrize("text", [XSS[0], "<img src=https://evil.example/x onerror=alert(1)>"])
def test_a_payload_that_works_is_noticed(site: str, browser: Browser, text: str) -> None:
    context = browser.new_context()
    context.route("**/evil", lambda route: route.fulfill(body=text, content_type="text/html"))
    pages = Watched(context, site)

    assert "dialog 1" in pages.visited("/evil")


def test_a_policy_that_is_violated_is_noticed(site: str, browser: Browser) -> None:
    context = browser.new_context()
    headers = {"content-type": "text/html", "content-security-policy": "default-src 'none'"}
    context.route("**/evil", lambda route: route.fulfill(body=XSS[0], headers=headers))
    pages = Watched(context, site)

    assert any("policy: script-src" in seen for seen in pages.visited("/evil"))
