"""Ids of models that are refused because the site uses their path, or their author's, itself.

A stored model is not checked again: refusing it would make its whole snapshot unreadable.
"""

import re

from handler.domain.catalog.model import author_of
from handler.domain.errors import InvalidRecord

# First segments of the site's paths, and prefixes of other sites that redirect here.
RESERVED_AUTHORS = frozenset(
    {"api", "card", "changes", "compare", "healthz", "methodology", "model", "models", "static"}
)
# Files at the root of the site. The page of an author of the same name could not be reached.
ROOT_FILES = frozenset(
    {
        "apple-touch-icon.png",
        "favicon.ico",
        "favicon.svg",
        "feed.css",
        "icon-512.png",
        "llms.txt",
        "models.csv",
        "robots.txt",
        "site.webmanifest",
    }
)
# The last segments of paths beside a page, and the parts of a sitemap.
_RESERVED_NAME = re.compile(
    r"badge\.svg|card(-[0-9a-f]{16})?\.png|feed\.xml|preview|sitemap(-.*)?\.xml|.*\.md"
)


def check_not_reserved(model_id: str) -> None:
    """Raise InvalidRecord for an id whose path, or whose author's path, is one of the site's.

    Letter case and a variant make no difference: links are resolved without regard to case.
    """
    author = author_of(model_id).lower()
    if author in RESERVED_AUTHORS | ROOT_FILES or _RESERVED_NAME.fullmatch(author):
        raise InvalidRecord(f"the id {model_id!r} begins with a name that the site uses itself")
    slug = model_id.partition("/")[2].lower()
    if any(map(_RESERVED_NAME.fullmatch, (slug, slug.partition(":")[0]))):
        raise InvalidRecord(f"the id {model_id!r} ends with a name that the site uses itself")
