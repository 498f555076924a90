"""The view that answers the card of a model: apart, so that it imports nothing about lists."""

from handler.web.cards.content.model import card_for_profile
from handler.web.cards.response import card_response
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.site import Site


def model_card_view(
    site: Site, request: Request, model: str, version: str = ""
) -> CacheableResponse:
    """Answer the card of a model."""
    catalog = site.catalog.get()
    profile = catalog.profile(catalog.find(model))
    return card_response(
        request, card_for_profile(profile, catalog.as_of, catalog.price_scales), version
    )
