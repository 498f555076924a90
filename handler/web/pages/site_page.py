"""The metadata that pages about no single model share."""

from handler.web.cards.content.card_content import CardContent, card_image_for
from handler.web.rendering.json_ld import page_data, with_image
from handler.web.rendering.metadata import HeadMetadata


def site_page_metadata(
    title: str, description: str, path: str, site_url: str, content: CardContent
) -> HeadMetadata:
    """Return the metadata of a page about no single model, with its card."""
    card = card_image_for(path, content)
    data = with_image(page_data(title, description, site_url + path), site_url + card.path)
    return HeadMetadata(title, description, path, json_ld=data, card=card)
