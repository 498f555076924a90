"""The documents of this service: templates, assets, and the Content-Security-Policy for both."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from hashlib import sha256
from importlib.machinery import SourceFileLoader
from os import PathLike
from types import CodeType
from typing import Any
from urllib.parse import quote

from handler.domain.pricing.format import format_decimal, format_usd
from handler.web.formatting import (
    format_date,
    format_date_or_datetime,
    format_datetime,
    format_percent,
)
from handler.web.http.headers import (
    ASSET_CACHE,
    CSS,
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
from handler.web.rendering.stored_html import trust_rendered
from handler.web.rendering.template_runtime import Environment, Factory, Markup
from handler.web.urls import DEFAULT_EXPLORER, ExplorerUrl, model_path

# Icons, the manifest and the style sheet of feeds, which browsers request at the root of the site.
ASSETS = {
    "apple-touch-icon.png": PNG,
    "icon-512.png": PNG,
    "favicon.ico": ICO,
    "favicon.svg": SVG,
    "site.webmanifest": MANIFEST,
    "feed.css": CSS,
}


COMPILED = "compiled"
"""The folder of compiled templates, in that of the templates."""

FILTERS: dict[str, Callable[..., Any]] = {
    "capitalize": str.capitalize,
    "day": format_date,
    "exact": format_decimal,
    "join": lambda values, separator: separator.join(map(str, values)),
    "length": len,
    "lower": str.lower,
    "minute": format_datetime,
    "moment": format_date_or_datetime,
    "path": model_path,
    "percent": format_percent,
    "rendered": trust_rendered,
    "replace": str.replace,
    "round": round,
    "safe": Markup,
    "upper": str.upper,
    "urlencode": quote,
    "usd": format_usd,
    "values": lambda items: [item.value for item in items],
}
"""Functions that templates call as `value | name`."""


class Templates:
    """Renders templates of one folder into documents.

    Those that `compiler` wrote there are imported. Where it wrote none, each is compiled when it is
    first rendered.
    """

    def __init__(
        self,
        folder: str | PathLike[str],
        explorer: ExplorerUrl = DEFAULT_EXPLORER,
        contact_url: str | None = None,
    ) -> None:
        self._folder = folder = str(folder)
        self._assets: dict[str, CacheableResponse] = {}
        self._style = style = _read_text(folder, "style.css")
        names = ("explorer.js", "week.js", "compare.js", "model.js")
        scripts = [_read_text(folder, name) for name in names]
        self._scripts = script, week_script, compare_script, model_script = scripts
        self._sheets: dict[str, str] = {}
        self._policies: dict[str, str] = {}
        self._environments: dict[str, Environment] = {}
        self._variables = {
            "style": style,
            "script": script,
            "week_script": week_script,
            "compare_script": compare_script,
            "model_script": model_script,
            "explorer": explorer,
            "contact_url": contact_url,
            "site_name": SITE_NAME,
            "theme_color": THEME_COLOR,
            "range": range,
        }
        self.csp = _content_security_policy(style, scripts)

    def asset(self, name: str) -> CacheableResponse:
        """Return one of ASSETS."""
        if name not in self._assets:
            body = _read_asset(self._folder, name)
            self._assets[name] = CacheableResponse(body, ASSETS[name], ASSET_CACHE)
        return self._assets[name]

    def stylesheet(self, name: str) -> str:
        """Return a style sheet that some pages have besides the site's."""
        if name not in self._sheets:
            self._sheets[name] = _read_text(self._folder, name)
        return self._sheets[name]

    def csp_with(self, sheet: str) -> str:
        """Return the Content-Security-Policy of a page with such a style sheet."""
        if sheet not in self._policies:
            self._policies[sheet] = _content_security_policy(self._style + sheet, self._scripts)
        return self._policies[sheet]

    def page(
        self, name: str, head: HeadMetadata, site_url: str, stylesheet: str = "", **values: Any
    ) -> CacheableResponse:
        """Return a page. `stylesheet` is the name of a sheet that it has besides the site's."""
        if not stylesheet:
            return CacheableResponse(self._render(name, head, site_url, values), HTML, PAGE_CACHE)
        sheet = self.stylesheet(stylesheet)
        body = self._render(name, head, site_url, {**values, "sheet": sheet})
        headers = (("content-security-policy", self.csp_with(sheet)),)
        return CacheableResponse(body, HTML, PAGE_CACHE, extra_headers=headers)

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
        return self.load(f"files/{name}").render(f"files/{name}", values)

    def load(self, name: str) -> Environment:
        """Return a template with its parts, imported or compiled when it is first asked for."""
        if name not in self._environments:
            factories = _load_factories(self._folder, name)
            self._environments[name] = Environment(factories, FILTERS, self._variables)
        return self._environments[name]

    def _render(
        self, name: str, head: HeadMetadata, site_url: str, values: dict[str, Any]
    ) -> bytes:
        values = {"head": head, "site_url": site_url, **values}
        return self.load(f"pages/{name}").render(f"pages/{name}", values).encode()


def file_name(template: str) -> str:
    """Return the name of the file with a compiled template: "pages_model_html.py"."""
    return template.replace("/", "_").replace(".", "_") + ".py"


def _load_factories(folder: str, name: str) -> dict[str, Factory]:
    path = f"{folder}/{COMPILED}/{file_name(name)}"
    try:
        code = SourceFileLoader(name, path).get_code(name)
    except FileNotFoundError:
        code = None
    names: dict[str, Any] = {}
    exec(code or _compile(folder, name), names)  # noqa: S102 - our own templates as Python
    factories: dict[str, Factory] = names["TEMPLATES"]
    return factories


def _compile(folder: str, name: str) -> CodeType:
    from handler.web.rendering.compiler import compile_template  # noqa: PLC0415 - imports Jinja

    return compile(compile_template(folder, name), name, "exec")


def _read_text(folder: str, name: str) -> str:
    return _read_asset(folder, name).decode().strip()


def _read_asset(folder: str, name: str) -> bytes:
    with open(f"{folder}/assets/{name}", "rb") as file:  # noqa: PTH123 - pathlib is slow to import
        return file.read()


def _content_security_policy(style: str, scripts: Sequence[str]) -> str:
    hashes = " ".join(map(_hash_source, scripts))
    return (
        f"default-src 'none'; style-src {_hash_source(style)}; script-src {hashes}; "
        "connect-src 'self'; img-src 'self' data:; manifest-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )


def _hash_source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
