"""Which face each page of the site has."""

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model_lookup import Found, Moved, Unknown
from handler.domain.catalog.profile import Profile
from handler.domain.catalog.provenance import ARENA, USAGE
from handler.web.cards.content.card_content import Face
from handler.web.cards.content.model import model_face
from handler.web.cards.content.site import api_face, methodology_face
from handler.web.formatting import from_unix


def face_of_address(catalog: Catalog, address: str) -> Face | Moved | Unknown:
    """Return the face of the model at an address, or what the address means instead."""
    meant = catalog.resolve(address)
    return face_of_model(catalog.profile(meant.id)) if isinstance(meant, Found) else meant


def face_of_model(profile: Profile) -> Face:
    """Return the face of a model's page. What changes by the hour is no part of it."""
    model, standing = profile.model, profile.standing
    return model_face(
        model,
        arena_rank=(standing.rank, standing.of) if standing else None,
        released=from_unix(model.created).date() if model.created else None,
        is_withdrawn=profile.withdrawn is not None,
    )


def face_of_methodology(catalog: Catalog) -> Face:
    """Return the face of the page about the data."""
    return methodology_face(
        ranks="Arena" if ARENA in catalog.sources else "",
        usage="OpenRouter" if USAGE in catalog.sources else "",
    )


def face_of_api(catalog: Catalog) -> Face:
    """Return the face of the page about the API."""
    return api_face(sum(not entry.withdrawn for entry in catalog.entries))


SITE_FACES = {"methodology": face_of_methodology, "api": face_of_api}
"""The faces of the pages that are about no models, by path without slashes."""
