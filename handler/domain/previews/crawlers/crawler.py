"""What one crawler sends, reads and shows, as data: the words in which the contract is written.

None means that nobody has published the fact.
"""

from dataclasses import dataclass, field
from typing import Literal

EvidenceGrade = Literal["P", "C", "I", "S"]
EVIDENCE_GRADES: dict[EvidenceGrade, str] = {
    "P": "the vendor’s own document",
    "C": "the client’s own code",
    "I": "an issue thread",
    "S": "a secondary source",
}
Kind = Literal["preview", "search", "assistant"]
Unit = Literal["characters", "bytes"]
# What becomes of a longer text: "cut" loses words, "folded" is only shown in part.
Over = Literal["cut", "folded"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where facts come from. `facts` are names of fields of Crawler."""

    grade: EvidenceGrade
    address: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CrawlerRequest:
    """How a crawler asks for a page: one request for each method, in this order."""

    methods: tuple[str, ...] = ("GET",)
    accept: str = "*/*"
    accept_encoding: str = "gzip, deflate"
    last_byte: int | None = None
    timeout_seconds: float | None = None
    redirects: int | None = None
    https_redirects_only: bool = False
    absolute_redirects_only: bool = False


@dataclass(frozen=True, slots=True)
class TagPriority:
    """The keys that are read for each field, the first with a value wins.

    Keys are those of page_metadata. Where `property_only`, an Open Graph tag counts only if it is
    written with `property=`. `labels` are words that a twitter:label must have to be shown, none
    for any label; None where labels are not read.
    """

    title: tuple[str, ...] = ("og:title", "title")
    description: tuple[str, ...] = ("og:description", "meta:description")
    image: tuple[str, ...] = ("og:image",)
    property_only: bool = False
    labels: tuple[str, ...] | None = None
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextLimit:
    """How much of a text is shown, its ending included; `needed` where none means no preview."""

    maximum: int | None = None
    unit: Unit = "characters"
    over: Over = "cut"
    ending: str = "…"
    needed: bool = False


@dataclass(frozen=True, slots=True)
class PageLimits:
    """What a page must keep to, beside its texts. Sizes in characters unless they say bytes."""

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


@dataclass(frozen=True, slots=True)
class ImageLimits:
    """What a picture must keep to; `ratio` is the longer side to the shorter at most."""

    min_width: int | None = None
    min_height: int | None = None
    max_bytes: int | None = None
    max_pixels: int | None = None
    ratio: float | None = None
    formats: tuple[str, ...] | None = None
    needs_length: bool = False
    redirects: bool = True


@dataclass(frozen=True, slots=True)
class Crawler:
    """One crawler. `robots` is the name that it answers to in robots.txt, if it reads that."""

    name: str
    label: str
    user_agent: str
    sources: tuple[Citation, ...]
    platforms: tuple[str, ...] = ()
    kind: Kind = "preview"
    robots: str | None = None
    request: CrawlerRequest = field(default_factory=CrawlerRequest)
    max_read_bytes: int | None = None
    tags: TagPriority = field(default_factory=TagPriority)
    title: TextLimit = field(default_factory=TextLimit)
    description: TextLimit = field(default_factory=TextLimit)
    page: PageLimits = field(default_factory=PageLimits)
    image: ImageLimits = field(default_factory=ImageLimits)
    remarks: tuple[str, ...] = ()

    def headers(self, method: str) -> dict[str, str]:
        """Return the headers of one of its requests for a page."""
        sent = {
            "User-Agent": self.user_agent,
            "Accept": self.request.accept,
            "Accept-Encoding": self.request.accept_encoding,
        }
        if method == "GET" and self.request.last_byte is not None:
            sent["Range"] = f"bytes=0-{self.request.last_byte}"
        return sent
