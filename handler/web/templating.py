"""Jinja for this service's pages: strict, escaping, and with the style's hash for the CSP."""

from base64 import b64encode
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, ModuleLoader, StrictUndefined

from handler.domain.pricing import exact, usd
from handler.web.documents import ERROR, HTML, PAGE, PNG, STATIC, Document
from handler.web.head import SITE_NAME, THEME_COLOR, Head
from handler.web.words import day, minute, path_of


class Templates:
    """Renders templates of one folder into documents.

    The build compiles them into that folder; elsewhere they are read as they are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        style = (folder / "style.css").read_text("utf-8").strip()
        self._environment = environment_of(folder)
        self._environment.globals.update(style=style, site_name=SITE_NAME, theme_color=THEME_COLOR)
        self._environment.filters.update(day=day, exact=exact, minute=minute, path=path_of, usd=usd)
        self.csp = _content_security_policy(style)

    @cached_property
    def icon(self) -> Document:
        """The site's icon, 180 pixels wide."""
        return Document((self._folder / "apple-touch-icon.png").read_bytes(), PNG, STATIC)

    def page(self, name: str, head: Head, origin: str, **values: Any) -> Document:
        """Return a page that caches may keep."""
        return Document(self._render(name, head, origin, values), HTML, PAGE)

    def error(
        self,
        name: str,
        head: Head,
        origin: str,
        status: int,
        headers: tuple[tuple[str, str], ...] = (),
        **values: Any,
    ) -> Document:
        """Return a page that says what went wrong, for caches to keep for seconds."""
        return Document(self._render(name, head, origin, values), HTML, ERROR, status, headers)

    def _render(self, name: str, head: Head, origin: str, values: dict[str, Any]) -> bytes:
        template = self._environment.get_template(name)
        return template.render(head=head, origin=origin, **values).encode()


def environment_of(folder: Path) -> Environment:
    """Return the environment that templates are compiled in, and rendered."""
    return Environment(
        loader=ChoiceLoader([ModuleLoader(folder), FileSystemLoader(folder)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _content_security_policy(style: str) -> str:
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
