"""The layouts of previews: the order of their parts, and the crop of the image.

A layout differs between a platform's own apps and changes with them. Values without a source are
as observed.
"""

from typing import Literal, NamedTuple

from handler.domain.previews.unfurl.image_info import ImageInfo

Part = Literal["image", "site", "host", "title", "description", "labels"]


class PreviewLayout(NamedTuple):
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


LAYOUTS = (
    # ratio: developers.facebook.com/docs/sharing/webmasters/images
    PreviewLayout("facebook", ("image", "host", "title", "description"), (191, 100), 2, 1),
    # ratio: developer.x.com/en/docs/x-for-websites/cards/overview/summary-card-with-large-image
    PreviewLayout("x", ("image", "title", "host"), (2, 1), 1),
    # ratio: linkedin.com/help/linkedin/answer/a521928
    PreviewLayout("linkedin", ("image", "title", "host"), (191, 100), 2),
    PreviewLayout("slack", ("site", "title", "description", "labels", "image")),
    PreviewLayout("discord", ("site", "title", "description", "image")),
    # title lines: developers.facebook.com/documentation/business-messaging/whatsapp/link-previews
    PreviewLayout("whatsapp", ("image", "title", "description", "host"), (191, 100), 2),
    PreviewLayout("telegram", ("site", "title", "description", "image")),
    # parts: Apple’s technote TN3156, Create rich previews for Messages
    PreviewLayout("imessage", ("image", "title", "site"), None, 2),
    PreviewLayout(
        "teams", ("image", "title", "description", "host"), (1, 1), 2, 2, has_thumbnail=True
    ),
    # parts, ratio: mastodon/mastodon, app/javascript/mastodon/features/status/components/card.jsx
    PreviewLayout("mastodon", ("image", "site", "title"), None, 2),
    # all: bluesky-social/social-app, src/components/Post/Embed/ExternalEmbed/index.tsx
    PreviewLayout("bluesky", ("image", "title", "description", "host"), (191, 100), 3, 2),
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
