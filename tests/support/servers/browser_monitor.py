"""A real Chromium that keeps account of everything that a page should not do."""

from playwright.sync_api import Browser, BrowserContext, Dialog

_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));"""


class Watched:
    """Pages of one site in a browser, and what they did besides being shown."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self._page = context.new_page()
        self._site = site
        self.seen: list[str] = []
        context.add_init_script(_VIOLATIONS)
        context.on("dialog", self._dialog)
        context.on("page", lambda page: self.seen.append(f"opened {page.url}"))
        context.on("weberror", lambda error: self.seen.append(f"error {error.error}"))
        context.on("console", lambda said: self.seen.append(f"console {said.type} {said.text}"))
        context.on("request", lambda request: self._request(request.url))

    def visited(self, path: str) -> list[str]:
        """Return what a page did when it was shown, and went on to do for some frames."""
        before = len(self.seen)
        self._page.goto(self._site + path)
        self._page.wait_for_timeout(15)
        if self._page.url != self._site + path:
            self.seen.append(f"went to {self._page.url}")
        return self.seen[before:]

    def _dialog(self, dialog: Dialog) -> None:
        self.seen.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _request(self, url: str) -> None:
        if not url.startswith((f"{self._site}/", "data:image/")):
            self.seen.append(f"asked {url[:200]}")


def watched(browser: Browser, site: str, obeys_policy: bool) -> Watched:
    """Return pages of a site, in a browser that obeys their content security policy or does not."""
    return Watched(browser.new_context(bypass_csp=not obeys_policy), site)
