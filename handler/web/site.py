"""What every view needs of its surroundings, as one value."""

from typing import NamedTuple

from handler.services.catalog_cache import CachedCatalog
from handler.web.rendering.page_cache import PageCache
from handler.web.rendering.templates import Templates


class Site(NamedTuple):
    """The dependencies of the views.

    `site_url` is `https://host[:port]`, the base of every absolute URL: configured, never taken
    from a request, whose Host header could be poisoned and cached. `disallowed_ai_crawlers` has the
    kinds of AI crawlers that robots.txt disallows, of `settings.AI_CRAWLER_KINDS`.
    """

    catalog: CachedCatalog
    templates: Templates
    pages: PageCache
    site_url: str
    disallowed_ai_crawlers: tuple[str, ...] = ()
