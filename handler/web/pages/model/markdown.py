"""A model's page as Markdown, for language models and terminals.

It has the facts of the page in the same order. Text from upstream goes through `escape_markdown`.
"""

from collections.abc import Iterator

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.profile import Profile
from handler.domain.text import escape_markdown
from handler.web.formatting import format_date, format_datetime
from handler.web.http.headers import MARKDOWN, PAGE_CACHE
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.pages.model.markdown_sections import (
    NOT_PUBLISHED,
    heading,
    history_section,
    identifiers_section,
    limits_section,
    prices_section,
    providers_section,
    rank_section,
)
from handler.web.site import Site
from handler.web.urls import model_path


def markdown_view(site: Site, _request: Request, model: str) -> CacheableResponse:
    """Answer the page of a model as Markdown."""
    catalog = site.catalog.get()
    model_id = catalog.find(model)
    return site.pages.get_or_render(
        catalog, ("markdown", model_id), lambda: model_markdown(catalog, model_id, site.site_url)
    )


def model_markdown(catalog: Catalog, model_id: str, site_url: str) -> CacheableResponse:
    """Return a model's page as Markdown, with the HTML page as its canonical URL."""
    profile = catalog.profile(model_id)
    url = site_url + model_path(model_id)
    body = "\n".join(_lines(profile, catalog, url)) + "\n"
    headers = (("link", f'<{url}>; rel="canonical"'), ("x-robots-tag", "noindex"))
    return CacheableResponse(body.encode(), MARKDOWN, PAGE_CACHE, extra_headers=headers)


def _lines(profile: Profile, catalog: Catalog, url: str) -> Iterator[str]:
    model = profile.model
    yield f"# {escape_markdown(model.name)}"
    yield from ("", f"`{model.id}`, at <{url}>", "", _listing_note(profile, catalog))
    if model.alias_target:
        yield from ("", f"This is an alias. It stands for {escape_markdown(model.alias_target)}.")
    yield from heading("Description")
    yield escape_markdown(model.description.lead) or NOT_PUBLISHED
    yield from prices_section(model)
    yield from providers_section(profile)
    yield from limits_section(model)
    yield from rank_section(profile)
    yield from history_section(profile)
    yield from identifiers_section(model)


def _listing_note(profile: Profile, catalog: Catalog) -> str:
    if profile.withdrawn:
        since = format_date(profile.withdrawn)
        return f"**No longer listed since {since}.** What was last known of it:"
    return f"OpenRouter’s list, as of {format_datetime(catalog.as_of)}."
