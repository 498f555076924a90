"""robots.txt: who may read what, for the crawlers of the one table that names them."""

from collections.abc import Iterator

from handler.domain.previews.crawlers.crawlers import CRAWLERS


def robots_text(site_url: str, *, allow_ai_crawlers: bool) -> str:
    """Return robots.txt. What previews and searches may always; language models as decided.

    A crawler without a name in the table reads no robots.txt, or obeys `*`.
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


def _group(kind: str, why: str, allowed: bool) -> Iterator[str]:
    yield f"# {why}"
    for crawler in CRAWLERS:
        if crawler.kind == kind and crawler.robots:
            yield f"User-agent: {crawler.robots}"
    yield "Allow: /" if allowed else "Disallow: /"
    yield ""
