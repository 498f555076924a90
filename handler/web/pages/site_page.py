"""The metadata that pages about no single model share."""

from handler.domain.previews.model_preview import (
    DESCRIPTION_BYTES,
    DESCRIPTION_CHARACTERS,
    TITLE_BYTES,
)
from handler.domain.text import collapse_whitespace, truncate
from handler.web.cards.content.card_content import CardContent, card_image_for
from handler.web.rendering.json_ld import page_data, with_image
from handler.web.rendering.metadata import HeadMetadata


def site_page_metadata(
    title: str, description: str, path: str, site_url: str, content: CardContent
) -> HeadMetadata:
    """Return the metadata of a page about no single model, with its card for the same query."""
    title = truncate(collapse_whitespace(title), TITLE_BYTES, TITLE_BYTES)
    description = collapse_whitespace(description)
    description = truncate(description, DESCRIPTION_CHARACTERS, DESCRIPTION_BYTES)
    page, mark, query = path.partition("?")
    card = card_image_for(page, content)
    card = card._replace(path=card.path + mark + query)
    data = with_image(page_data(title, description, site_url + path), site_url + card.path)
    return HeadMetadata(title, description, path, json_ld=data, card=card)
