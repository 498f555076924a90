"""One Chromium and one local site for each module of tests in a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from scripts.local_stack.processes import LOOPBACK
from tests.support.external import real_part
from tests.support.servers.browser import chromium
from tests.support.servers.serve_process import serving


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The site with the bundled sample, at the host that its pages name in their URLs."""
    with serving("--offline") as (address, _):
        yield address.replace(LOOPBACK, "localhost")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium until the module ends: while it is open, its event loop occupies the thread."""
    with chromium(real_part("BURGEE_CHROMIUM")) as browser:
        yield browser
