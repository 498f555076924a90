"""robots.txt: link previews and search engines may read everything, AI crawlers as configured."""

from collections.abc import Sequence

from handler.domain.previews.crawlers.ai_crawlers import AI_CRAWLERS
from handler.domain.previews.crawlers.crawler import Kind
from handler.domain.previews.crawlers.crawlers import CRAWLERS
from handler.web.http.headers import PAGE_CACHE, TEXT
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.site import Site

_AI_KINDS = {
    "training": "Crawlers that collect pages to train language models",
    "search": "Search engines of AI assistants",
    "user": "AI assistants that fetch a page because a person asked for it",
}


def robots_view(site: Site, _request: Request) -> CacheableResponse:
    """Answer `/robots.txt`. Crawlers that it does not name follow the rules for `*`."""
    lines = [
        *_group("Link previews", _robots_names("preview"), True),
        *_group("Search engines", _robots_names("search"), True),
    ]
    for kind, names in AI_CRAWLERS.items():
        lines += _group(_AI_KINDS[kind], names, kind not in site.disallowed_ai_crawlers)
    lines += ["User-agent: *", "Allow: /", "", f"Sitemap: {site.site_url}/sitemap.xml", ""]
    return CacheableResponse("\n".join(lines).encode(), TEXT, PAGE_CACHE)


def _robots_names(kind: Kind) -> list[str]:
    """Return the names of the crawlers of a kind that read robots.txt."""
    return [crawler.robots for crawler in CRAWLERS if crawler.kind == kind and crawler.robots]


def _group(comment: str, names: Sequence[str], is_allowed: bool) -> list[str]:
    """Return the lines of one group of crawlers, with an empty one at its end."""
    agents = [f"User-agent: {name}" for name in names]
    return [f"# {comment}", *agents, "Allow: /" if is_allowed else "Disallow: /", ""]
