"""robots.txt, generated from the table of crawlers."""

from collections.abc import Iterator

from handler.domain.previews.crawlers.crawlers import CRAWLERS


def robots_text(site_url: str, *, allow_ai_crawlers: bool) -> str:
    """Return robots.txt: previews and search engines are always allowed.

    Crawlers without a `robots` name read no robots.txt, or follow the rules for `*`.
    """
    groups = [
        ("preview", "They show links to whoever shares them.", True),
        ("search", "Search engines.", True),
        ("assistant", "What reads for language models.", allow_ai_crawlers),
    ]
    lines = [line for group in groups for line in _group(*group)]
    return "\n".join(
        [*lines, "User-agent: *", "Allow: /", "", f"Sitemap: {site_url}/sitemap.xml", ""]
    )


def _group(kind: str, comment: str, allowed: bool) -> Iterator[str]:
    yield f"# {comment}"
    for crawler in CRAWLERS:
        if crawler.kind == kind and crawler.robots:
            yield f"User-agent: {crawler.robots}"
    yield "Allow: /" if allowed else "Disallow: /"
    yield ""
