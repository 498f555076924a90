"""What stands in the head of a page: everything that crawlers read, in the order they need it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from handler.domain.strict_json import for_script

SITE_NAME = "Burgee"
THEME_COLOR = "#0f3d57"


@dataclass(frozen=True, slots=True)
class Head:
    """The words and facts of one page.

    `path` is the canonical one, `labels` are shown by Slack. A page that is not `indexed` asks
    search engines to leave it out; one without `previewed` has nothing to share either.
    """

    title: str
    description: str
    path: str
    kind: str = "website"
    published: datetime | None = None
    labels: Sequence[tuple[str, str]] = ()
    structured: Mapping[str, Any] = field(default_factory=dict)
    indexed: bool = True
    previewed: bool = True

    def open_graph(self, origin: str) -> list[tuple[str, str]]:
        """Return the `og:` and `article:` properties with their contents."""
        tags = [
            ("og:type", self.kind),
            ("og:site_name", SITE_NAME),
            ("og:locale", "en_US"),
            ("og:title", self.title),
            ("og:description", self.description),
            ("og:url", origin + self.path),
        ]
        if self.published:
            tags.append(("article:published_time", self.published.isoformat()))
        return tags

    def twitter(self) -> list[tuple[str, str]]:
        """Return the `twitter:` names with their contents."""
        tags = [
            ("twitter:card", "summary"),
            ("twitter:title", self.title),
            ("twitter:description", self.description),
        ]
        for number, (label, value) in enumerate(self.labels, 1):
            tags += [(f"twitter:label{number}", label), (f"twitter:data{number}", value)]
        return tags

    def json_ld(self) -> str:
        """Return the structured data as JSON that is safe inside a script element."""
        return for_script(self.structured)
