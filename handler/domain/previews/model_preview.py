"""The title and description that a chat shows for a link to a model.

They keep the tightest documented limit of all crawlers: 70 bytes of title and 350 bytes of
description (Discord), 200 characters of description (X), the facts within its first 80 characters
(WhatsApp).
"""

from typing import NamedTuple

from handler.domain.catalog.abilities import format_media
from handler.domain.catalog.model import Model
from handler.domain.catalog.profile import Profile
from handler.domain.formatting import format_token_count
from handler.domain.pricing.headline import headline
from handler.domain.text import truncate, truncate_at_sentence

TITLE_BYTES = 70
DESCRIPTION_CHARACTERS = 200
DESCRIPTION_BYTES = 350
FACTS_CHARACTERS = 80

_SEPARATOR = " · "


class Preview(NamedTuple):
    """The texts of a preview. `price` and `context` are None where nothing is published."""

    title: str
    description: str
    price: str | None
    context: str | None


def build_preview(profile: Profile) -> Preview:
    """Return the preview of a model: facts first, then as much of its description as fits."""
    model = profile.model
    price = headline(model.pricing, model.output_modalities)
    context = format_token_count(model.context_length) if model.context_length else None
    withdrawn = (
        f"No longer listed since {profile.withdrawn:%-d %b %Y}" if profile.withdrawn else None
    )
    facts = _facts(withdrawn, price, context and f"{context} context")
    return Preview(
        title=truncate(model.name, TITLE_BYTES, TITLE_BYTES),
        description=_description(_with_media(facts, format_media(model)), model),
        price=price,
        context=context and f"{context} tokens",
    )


def _facts(*facts: str | None) -> str:
    """Return the known facts in at most FACTS_CHARACTERS, dropping the last ones first."""
    known = [fact for fact in facts if fact]
    while len(known) > 1 and len(_SEPARATOR.join(known)) > FACTS_CHARACTERS:
        known.pop()
    return truncate(_SEPARATOR.join(known), FACTS_CHARACTERS, DESCRIPTION_BYTES)


def _with_media(facts: str, media: str | None) -> str:
    """Return facts with a sentence on images, audio and files, if FACTS_CHARACTERS hold both."""
    joined = ". ".join(filter(None, (facts, media)))
    return joined if len(joined) <= FACTS_CHARACTERS else facts


def _description(facts: str, model: Model) -> str:
    lead = model.description.lead
    if not facts:
        text = lead or f"{model.id} on OpenRouter"
        return truncate_at_sentence(text, DESCRIPTION_CHARACTERS, DESCRIPTION_BYTES)
    if not lead:
        return facts
    opening = f"{facts}. "
    max_characters = DESCRIPTION_CHARACTERS - len(opening)
    max_bytes = DESCRIPTION_BYTES - len(opening.encode())
    return opening + truncate_at_sentence(lead, max_characters, max_bytes)
