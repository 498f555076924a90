"""A model's page as Markdown, for language models and terminals.

It has the facts of the page in the same order.
"""

from collections.abc import Iterator

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.lifetime import find_retirement
from handler.domain.catalog.model_sentence import describe_model
from handler.domain.catalog.profile import Profile
from handler.domain.pricing.price_change import find_price_change, format_price_change
from handler.domain.text import escape_markdown
from handler.web.formatting import format_date, format_datetime
from handler.web.http.headers import MARKDOWN, PAGE_CACHE
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.pages.model import markdown_sections as sections
from handler.web.pages.model.head import reading_note
from handler.web.site import Site
from handler.web.urls import model_path


def markdown_view(site: Site, _request: Request, model: str) -> CacheableResponse:
    """Answer the page of a model as Markdown, with the HTML page as its canonical URL."""
    catalog = site.catalog.get()
    model_id = catalog.find(model)
    return site.pages.get_or_render(
        catalog, ("markdown", model_id), lambda: _page(catalog, model_id, site.site_url)
    )


def _page(catalog: Catalog, model_id: str, site_url: str) -> CacheableResponse:
    url = site_url + model_path(model_id)
    body = "\n".join(_lines(catalog.profile(model_id), catalog, url)) + "\n"
    headers = (("link", f'<{url}>; rel="canonical"'), ("x-robots-tag", "noindex"))
    return CacheableResponse(body.encode(), MARKDOWN, PAGE_CACHE, extra_headers=headers)


def _lines(profile: Profile, catalog: Catalog, url: str) -> Iterator[str]:
    yield from _introduction(profile, catalog, url)
    yield from sections.prices(profile.model, profile.read_at)
    yield from sections.providers(profile)
    yield from sections.limits(profile, catalog)
    yield from sections.modalities(profile.model)
    yield from sections.arena_rank(profile)
    yield from sections.history(profile)
    yield from sections.identifiers(profile)


def _introduction(profile: Profile, catalog: Catalog, url: str) -> Iterator[str]:
    model = profile.model
    yield f"# {escape_markdown(model.name)}"
    yield from ("", f"`{model.id}`, at <{url}>", "", _listing_note(profile, catalog))
    if note := reading_note(profile, catalog.as_of):
        yield from ("", note)
    if model.alias_target:
        yield from ("", f"This is an alias. It stands for {escape_markdown(model.alias_target)}.")
    if change := find_price_change(profile.history, model, catalog.as_of):
        yield from ("", f"{format_price_change(change, catalog.as_of)}.")
    yield from ("", escape_markdown(describe_model(model)))
    if model.description.lead:
        yield from ("", escape_markdown(model.description.lead))


def _listing_note(profile: Profile, catalog: Catalog) -> str:
    source = f"OpenRouter’s list, as of {format_datetime(profile.read_at)}."
    retirement = find_retirement(profile, catalog.as_of)
    end = f" {retirement.sentence} {format_date(retirement.day)}." if retirement else ""
    if profile.withdrawn:
        since = format_date(profile.withdrawn)
        return f"**No longer listed since {since}.**{end} What was last known of it: {source}"
    return f"{source}{end}"
