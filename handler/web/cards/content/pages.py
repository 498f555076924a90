"""Which face each page of the site has."""

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.provenance import ARENA, USAGE
from handler.web.cards.content.card_content import CardContent
from handler.web.cards.content.model import model_card
from handler.web.cards.content.site import api_card, methodology_card
from handler.web.formatting import datetime_from_unix


def card_for_profile(profile: Profile) -> CardContent:
    """Return the face of a model's page. What changes by the hour is no part of it."""
    model, standing = profile.model, profile.arena_rank
    return model_card(
        model,
        arena_rank=(standing.rank, standing.total) if standing else None,
        released=datetime_from_unix(model.created).date() if model.created else None,
        is_withdrawn=profile.withdrawn is not None,
    )


def card_for_methodology(catalog: Catalog) -> CardContent:
    """Return the face of the page about the data."""
    return methodology_card(
        ranks="Arena" if ARENA in catalog.sources else "",
        usage="OpenRouter" if USAGE in catalog.sources else "",
    )


def card_for_api(catalog: Catalog) -> CardContent:
    """Return the face of the page about the API."""
    return api_card(sum(not entry.withdrawn for entry in catalog.entries))


SITE_CARDS = {"methodology": card_for_methodology, "api": card_for_api}
"""The faces of the pages that are about no models, by path without slashes."""
