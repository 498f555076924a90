"""Jinja for this service's pages: strict, escaping, with hashes of style and script for the CSP."""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    ModuleLoader,
    StrictUndefined,
)

from handler.domain.pricing.format import format_decimal, format_usd
from handler.web.formatting import (
    format_date,
    format_date_or_datetime,
    format_datetime,
    format_percent,
)
from handler.web.http.headers import (
    ASSET_CACHE,
    ERROR_CACHE,
    HTML,
    ICO,
    MANIFEST,
    PAGE_CACHE,
    PNG,
    SVG,
)
from handler.web.http.response import CacheableResponse
from handler.web.rendering.metadata import SITE_NAME, THEME_COLOR, HeadMetadata
from handler.web.urls import DEFAULT_EXPLORER, ExplorerUrl, model_path

# Icons and the manifest, which browsers request at the root of the site.
ASSETS = {
    "apple-touch-icon.png": PNG,
    "icon-512.png": PNG,
    "favicon.ico": ICO,
    "favicon.svg": SVG,
    "site.webmanifest": MANIFEST,
}


class Templates:
    """Renders templates of one folder into documents.

    Those that `compile_templates` put there are imported; others are read as they are.
    """

    def __init__(
        self, folder: Path, explorer: ExplorerUrl = DEFAULT_EXPLORER, contact_url: str | None = None
    ) -> None:
        self._folder = folder
        self._assets: dict[str, CacheableResponse] = {}
        self._style = style = _read_text(folder / "assets" / "style.css")
        scripts = [_read_text(folder / "assets" / name) for name in ("explorer.js", "week.js")]
        self._scripts = script, week_script = scripts
        loader = ChoiceLoader([ModuleLoader(folder), FileSystemLoader(folder)])
        self._environment = _create_environment(loader)
        self._environment.globals.update(
            style=style,
            script=script,
            week_script=week_script,
            explorer=explorer,
            contact_url=contact_url,
            site_name=SITE_NAME,
            theme_color=THEME_COLOR,
        )
        self.csp = _content_security_policy(style, scripts)

    def asset(self, name: str) -> CacheableResponse:
        """Return one of ASSETS."""
        if name not in self._assets:
            body = (self._folder / "assets" / name).read_bytes()
            self._assets[name] = CacheableResponse(body, ASSETS[name], ASSET_CACHE)
        return self._assets[name]

    def stylesheet(self, name: str) -> str:
        """Return a style sheet that some pages have besides the site's."""
        return _read_text(self._folder / "assets" / name)

    def csp_with(self, sheet: str) -> str:
        """Return the Content-Security-Policy of a page with such a style sheet."""
        return _content_security_policy(self._style + sheet, self._scripts)

    def page(
        self,
        name: str,
        head: HeadMetadata,
        site_url: str,
        headers: tuple[tuple[str, str], ...] = (),
        **values: Any,
    ) -> CacheableResponse:
        """Return a page."""
        body = self._render(name, head, site_url, values)
        return CacheableResponse(body, HTML, PAGE_CACHE, 200, headers)

    def error(
        self,
        name: str,
        head: HeadMetadata,
        site_url: str,
        status: int,
        headers: tuple[tuple[str, str], ...] = (),
        **values: Any,
    ) -> CacheableResponse:
        """Return an error page, which caches keep for seconds."""
        body = self._render(name, head, site_url, values)
        return CacheableResponse(body, HTML, ERROR_CACHE, status, headers)

    def render_text(self, name: str, **values: Any) -> str:
        """Return the text of a template without a head, escaped as XML and HTML need it."""
        return self._environment.get_template(f"files/{name}").render(**values)

    def _render(
        self, name: str, head: HeadMetadata, site_url: str, values: dict[str, Any]
    ) -> bytes:
        template = self._environment.get_template(f"pages/{name}")
        return template.render(head=head, site_url=site_url, **values).encode()


def compile_templates(folder: Path) -> None:
    """Write each template of a folder into it as Python, which a cold process need not parse."""
    environment = _create_environment(FileSystemLoader(folder))
    environment.compile_templates(folder, filter_func=_is_template, zip=None, ignore_errors=False)


def _is_template(name: str) -> bool:
    return name.startswith(("pages/", "partials/", "files/"))


def _create_environment(loader: BaseLoader) -> Environment:
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        day=format_date,
        exact=format_decimal,
        minute=format_datetime,
        moment=format_date_or_datetime,
        path=model_path,
        percent=format_percent,
        usd=format_usd,
    )
    return environment


def _read_text(path: Path) -> str:
    return path.read_text("utf-8").strip()


def _content_security_policy(style: str, scripts: Sequence[str]) -> str:
    hashes = " ".join(map(_hash_source, scripts))
    return (
        f"default-src 'none'; style-src {_hash_source(style)}; script-src {hashes}; "
        "connect-src 'self'; img-src 'self' data:; manifest-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )


def _hash_source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
