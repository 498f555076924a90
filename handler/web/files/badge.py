"""A badge for READMEs: what a model costs, or how much context it takes, as a small picture."""

from dataclasses import dataclass

from handler.domain.catalog.profile import Profile
from handler.domain.formatting import format_token_count
from handler.domain.pricing.format import headline
from handler.domain.text import collapse_whitespace, truncate
from handler.web.http.headers import BADGE_CACHE, NON_HTML_CSP, SVG
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.rendering.templates import Templates
from handler.web.site import Site
from handler.web.urls import representation_choice

PRICE = "price"
CONTEXT = "context"

_MAX_NAME_CHARACTERS = 120
_KNOWN, _UNKNOWN, _WITHDRAWN = "#0f3d57", "#5b6570", "#9a3412"
_PADDING = 6
# Advance widths of Verdana at 11 pixels, by what is that wide; any other character is a digit wide.
# The picture says its text's length, so that another font is fitted to it.
_WIDTHS = {3.4: "ijlI|'.,: ", 4.5: "frt()[]-/", 8.6: "wCDGHNOQU→", 10.4: "mMW%"}
_WIDTH_OF = {character: width for width, group in _WIDTHS.items() for character in group}
_DIGIT = 7.0


@dataclass(frozen=True, slots=True)
class Badge:
    """The two halves of a badge with the colour of the second; widths are pixels."""

    name: str
    label: str
    value: str
    colour: str

    @property
    def label_width(self) -> int:
        """The width of the first half, its padding included."""
        return text_width(self.label) + 2 * _PADDING

    @property
    def value_width(self) -> int:
        """The width of the second half, its padding included."""
        return text_width(self.value) + 2 * _PADDING

    @property
    def words(self) -> str:
        """What the badge shows, for those who do not see it."""
        return f"{self.name}: {self.label} {self.value}"


def badge_view(site: Site, request: Request, model: str) -> CacheableResponse:
    """Answer the badge of a model: its price, or with `?show=context` its context length."""
    catalog = site.catalog.get()
    model_id, choice = catalog.find(model), representation_choice(request, "show")
    return site.pages.get_or_render(
        catalog,
        ("badge", model_id, choice),
        lambda: render_badge(site.templates, catalog.profile(model_id), choice),
    )


def build_badge(profile: Profile, shown: str) -> Badge:
    """Return the badge of a model that shows one of SHOWN; the price where it is none of them."""
    name = truncate(
        collapse_whitespace(profile.model.name), _MAX_NAME_CHARACTERS, 2 * _MAX_NAME_CHARACTERS
    )
    label = CONTEXT if shown == CONTEXT else PRICE
    if profile.withdrawn:
        return Badge(name, label, "no longer listed", _WITHDRAWN)
    value = _context(profile) if label == CONTEXT else _price(profile)
    return Badge(name, label, value or "not published", _KNOWN if value else _UNKNOWN)


def render_badge(templates: Templates, profile: Profile, shown: str) -> CacheableResponse:
    """Return the badge as SVG that may load and run nothing."""
    badge = build_badge(profile, shown)
    svg = templates.render_text("badge.svg", badge=badge, padding=_PADDING)
    policy = ("content-security-policy", NON_HTML_CSP)
    return CacheableResponse(svg.encode(), SVG, BADGE_CACHE, extra_headers=(policy,))


def text_width(text: str) -> int:
    """Return about how many pixels wide a text is."""
    return round(sum(_WIDTH_OF.get(character, _DIGIT) for character in text))


def _price(profile: Profile) -> str | None:
    return headline(profile.model.pricing, profile.model.output_modalities)


def _context(profile: Profile) -> str | None:
    length = profile.model.context_length
    return f"{format_token_count(length)} tokens" if length else None
