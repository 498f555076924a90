"""The layouts of previews: the order of their parts, and the crop of the image.

A layout differs between a platform's own apps and changes with them. Values without a citation are
as observed.
"""

from dataclasses import dataclass
from typing import Literal

from handler.domain.previews.crawlers.crawler import Citation
from handler.domain.previews.unfurl.image_info import ImageInfo

Part = Literal["image", "site", "host", "title", "description", "labels"]

_BLUESKY = "https://github.com/bluesky-social/social-app/blob/main/src/components/Post/Embed"
_MASTODON = "https://github.com/mastodon/mastodon/blob/main/app/javascript/mastodon/features"


@dataclass(frozen=True, slots=True)
class PreviewLayout:
    """The parts that one crawler's platform shows, from top to bottom.

    `ratio` is width to height of the frame that crops the image, None for an uncropped image.
    Lines are the maximum of a text, None without one. With `has_thumbnail`, the image is a
    thumbnail beside the text.
    """

    crawler: str
    parts: tuple[Part, ...]
    ratio: tuple[int, int] | None = None
    title_lines: int | None = None
    description_lines: int | None = None
    has_thumbnail: bool = False
    citations: tuple[Citation, ...] = ()


LAYOUTS = (
    PreviewLayout(
        "facebook",
        ("image", "host", "title", "description"),
        (191, 100),
        2,
        1,
        citations=(
            Citation(
                "P", "https://developers.facebook.com/docs/sharing/webmasters/images/", ("ratio",)
            ),
        ),
    ),
    PreviewLayout(
        "x",
        ("image", "title", "host"),
        (2, 1),
        1,
        citations=(
            Citation(
                "P",
                "https://developer.x.com/en/docs/x-for-websites/cards/overview/"
                "summary-card-with-large-image",
                ("ratio",),
            ),
        ),
    ),
    PreviewLayout(
        "linkedin",
        ("image", "title", "host"),
        (191, 100),
        2,
        citations=(
            Citation("P", "https://www.linkedin.com/help/linkedin/answer/a521928", ("ratio",)),
        ),
    ),
    PreviewLayout("slack", ("site", "title", "description", "labels", "image")),
    PreviewLayout("discord", ("site", "title", "description", "image")),
    PreviewLayout(
        "whatsapp",
        ("image", "title", "description", "host"),
        (191, 100),
        2,
        citations=(
            Citation(
                "P",
                "https://developers.facebook.com/documentation/business-messaging/whatsapp/"
                "link-previews/",
                ("title_lines",),
            ),
        ),
    ),
    PreviewLayout("telegram", ("site", "title", "description", "image")),
    PreviewLayout(
        "imessage",
        ("image", "title", "site"),
        None,
        2,
        citations=(
            Citation(
                "P",
                "https://developer.apple.com/documentation/technotes/"
                "tn3156-create-rich-previews-for-messages",
                ("parts",),
            ),
        ),
    ),
    PreviewLayout(
        "teams", ("image", "title", "description", "host"), (1, 1), 2, 2, has_thumbnail=True
    ),
    PreviewLayout(
        "mastodon",
        ("image", "site", "title"),
        None,
        2,
        citations=(Citation("C", f"{_MASTODON}/status/components/card.jsx", ("parts", "ratio")),),
    ),
    PreviewLayout(
        "bluesky",
        ("image", "title", "description", "host"),
        (191, 100),
        3,
        2,
        citations=(
            Citation(
                "C",
                f"{_BLUESKY}/ExternalEmbed/index.tsx",
                ("parts", "ratio", "title_lines", "description_lines"),
            ),
        ),
    ),
)


def crop_size(image: ImageInfo, layout: PreviewLayout) -> tuple[int, int]:
    """Return width and height of the part of an image that its frame shows, in its own pixels."""
    if layout.ratio is None:
        return image.width, image.height
    width, height = layout.ratio
    return (
        min(image.width, round(image.height * width / height)),
        min(image.height, round(image.width * height / width)),
    )
