"""The facts about one crawler: what it requests, which tags it reads, and what it shows.

None means that no value is published.
"""

from typing import Literal, NamedTuple

MEGABYTE = 1_000_000
MEBIBYTE = 1_048_576

EvidenceGrade = Literal["P", "C", "I", "S"]
EVIDENCE_GRADES: dict[EvidenceGrade, str] = {
    "P": "the vendor’s own document",
    "C": "the client’s own code",
    "I": "an issue thread",
    "S": "a secondary source",
}
Kind = Literal["preview", "search", "assistant"]
Unit = Literal["characters", "bytes"]
# "cut" loses the rest of a longer text, "folded" hides it until a reader expands it.
Overflow = Literal["cut", "folded"]


class Citation(NamedTuple):
    """The evidence for some facts, by the names of their fields; `url` is "" without a page."""

    grade: EvidenceGrade
    url: str
    facts: tuple[str, ...]


class CrawlerRequest(NamedTuple):
    """How a crawler requests a page: one request for each method, in this order."""

    methods: tuple[str, ...] = ("GET",)
    accept: str = "*/*"
    accept_encoding: str = "gzip, deflate"
    last_byte: int | None = None
    timeout_seconds: float | None = None
    max_redirects: int | None = None
    https_redirects_only: bool = False
    absolute_redirects_only: bool = False


class TagPriority(NamedTuple):
    """The keys of each field, as in page_metadata: the first one with a value wins.

    With `property_only`, an Open Graph tag counts only if written with `property=`. A twitter:label
    is shown if it contains one of the words in `labels`, or any label if these are empty; None
    means that labels are not read.
    """

    title: tuple[str, ...] = ("og:title", "title")
    description: tuple[str, ...] = ("og:description", "meta:description")
    image: tuple[str, ...] = ("og:image",)
    property_only: bool = False
    labels: tuple[str, ...] | None = None
    extras: tuple[str, ...] = ()


OPEN_GRAPH_OR_TWITTER = TagPriority(
    title=("og:title", "twitter:title", "title"),
    description=("og:description", "twitter:description", "meta:description"),
    image=("og:image", "twitter:image"),
)


class TextLimit(NamedTuple):
    """The size of a text as it is shown, the ending included.

    Without a `required` text there is no preview.
    """

    maximum: int | None = None
    unit: Unit = "characters"
    overflow: Overflow = "cut"
    ending: str = "…"
    required: bool = False


class PageLimits(NamedTuple):
    """Limits of a page besides its texts. Sizes are in characters unless they say bytes."""

    og_tags: int | None = None
    og_json_bytes: int | None = None
    value_characters: int | None = None
    url_characters: int | None = None
    site_name_characters: int | None = None
    alt_characters: int | None = None
    title_without_site_name: bool = False
    image_size_declared: bool = False
    no_meta_refresh: bool = False
    theme_color_in_hex: bool = False


class ImageLimits(NamedTuple):
    """Limits of an image; `ratio` is the maximum of the longer side to the shorter one."""

    min_width: int | None = None
    min_height: int | None = None
    max_bytes: int | None = None
    max_pixels: int | None = None
    ratio: float | None = None
    formats: tuple[str, ...] | None = None
    requires_content_length: bool = False
    follows_redirects: bool = True


class Crawler(NamedTuple):
    """One crawler. `robots` is its name in robots.txt, None where it reads none."""

    name: str
    label: str
    user_agent: str
    citations: tuple[Citation, ...]
    platforms: tuple[str, ...] = ()
    kind: Kind = "preview"
    robots: str | None = None
    request: CrawlerRequest = CrawlerRequest()
    max_read_bytes: int | None = None
    tags: TagPriority = TagPriority()
    title: TextLimit = TextLimit()
    description: TextLimit = TextLimit()
    page: PageLimits = PageLimits()
    image: ImageLimits = ImageLimits()
    remarks: tuple[str, ...] = ()

    def headers(self, method: str) -> dict[str, str]:
        """Return the headers of one of its page requests."""
        headers = {
            "User-Agent": self.user_agent,
            "Accept": self.request.accept,
            "Accept-Encoding": self.request.accept_encoding,
        }
        if method == "GET" and self.request.last_byte is not None:
            headers["Range"] = f"bytes=0-{self.request.last_byte}"
        return headers
