"""A badge for READMEs: an SVG image with a model's price or context length."""

from typing import NamedTuple

from handler.domain.catalog.profile import Profile
from handler.domain.errors import InvalidParameter
from handler.domain.formatting import format_token_count
from handler.domain.pricing.headline import headline
from handler.domain.text import collapse_whitespace, truncate
from handler.web.http.headers import BADGE_CACHE, ERROR_CACHE, NON_HTML_CSP, SVG
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.rendering.metadata import SITE_NAME
from handler.web.rendering.templates import Templates
from handler.web.site import Site
from handler.web.urls import representation_choice

PRICE = "price"
CONTEXT = "context"

_MAX_NAME_CHARACTERS = 120
_KNOWN, _UNKNOWN, _WARNING = "#0f3d57", "#5b6570", "#9a3412"
_PADDING = 6
# Advance widths of Verdana at 11 pixels; characters that are not listed are as wide as a digit.
# The SVG states the text length, so that a viewer's other font is scaled to it.
_WIDTHS = {3.4: "ijlI|'.,: ", 4.5: "frt()[]-/", 8.6: "wCDGHNOQU→", 10.4: "mMW%"}
_CHARACTER_WIDTHS = {char: width for width, characters in _WIDTHS.items() for char in characters}
_DIGIT_WIDTH = 7.0


class Badge(NamedTuple):
    """The texts of a badge, and the color of its second half. Widths are pixels."""

    name: str
    label: str
    value: str
    color: str

    @property
    def label_width(self) -> int:
        """The width of the first half, padding included."""
        return text_width(self.label) + 2 * _PADDING

    @property
    def value_width(self) -> int:
        """The width of the second half, padding included."""
        return text_width(self.value) + 2 * _PADDING

    @property
    def title(self) -> str:
        """The accessible name of the image."""
        return f"{self.name}: {self.label} {self.value}"


def badge_view(site: Site, request: Request, model: str) -> CacheableResponse:
    """Answer the badge of a model: its price, or with `?show=context` its context length.

    Any other value of `show` gets a badge that says so, with status 200: image proxies show
    no image with another. That of an unknown model is a 404, see `missing_badge`.
    """
    try:
        choice = representation_choice(request, "show")
    except InvalidParameter as error:
        return _svg(
            site.templates, Badge(SITE_NAME, "unknown show", f"use {error.valid}", _WARNING)
        )
    catalog = site.catalog.get()
    model_id = catalog.find(model)
    return site.pages.get_or_render(
        catalog,
        ("badge", model_id, choice),
        lambda: render_badge(site.templates, catalog.profile(model_id), choice),
    )


def missing_badge(templates: Templates) -> CacheableResponse:
    """Return the 404 of a model's badge: an image that says so."""
    svg = _svg(templates, Badge(SITE_NAME, "model", "not found", _WARNING))
    return CacheableResponse(svg.body, SVG, ERROR_CACHE, 404, svg.extra_headers)


def build_badge(profile: Profile, kind: str) -> Badge:
    """Return a badge of a kind, PRICE or CONTEXT; any other kind gives the price."""
    model, label = profile.model, CONTEXT if kind == CONTEXT else PRICE
    name = collapse_whitespace(model.name)
    name = truncate(name, _MAX_NAME_CHARACTERS, 2 * _MAX_NAME_CHARACTERS)
    if profile.withdrawn:
        return Badge(name, label, "no longer listed", _WARNING)
    value = headline(model.pricing, model.output_modalities)
    if label == CONTEXT:
        length = model.context_length
        value = f"{format_token_count(length)} tokens" if length else None
    return Badge(name, label, value or "not published", _KNOWN if value else _UNKNOWN)


def render_badge(templates: Templates, profile: Profile, kind: str) -> CacheableResponse:
    """Return the badge as SVG, with a policy under which it loads and runs nothing."""
    return _svg(templates, build_badge(profile, kind))


def _svg(templates: Templates, badge: Badge) -> CacheableResponse:
    svg = templates.render_text("badge.svg", badge=badge, padding=_PADDING)
    policy = ("content-security-policy", NON_HTML_CSP)
    return CacheableResponse(svg.encode(), SVG, BADGE_CACHE, extra_headers=(policy,))


def text_width(text: str) -> int:
    """Return the approximate width of a text in pixels."""
    return round(sum(_CHARACTER_WIDTHS.get(character, _DIGIT_WIDTH) for character in text))
