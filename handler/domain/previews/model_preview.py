"""What a link to a model says when a chat unfurls it.

The limits are the tightest that any crawler documents, so that one preview fits all of them:
a title of 70 bytes and a description of 350 bytes (Discord), 200 characters (X), whole within
its first 80 characters (WhatsApp).
"""

from typing import NamedTuple

from handler.domain.catalog.model import Model
from handler.domain.catalog.profile import Profile
from handler.domain.formatting import format_modalities, format_token_count
from handler.domain.pricing.format import headline
from handler.domain.text import truncate, truncate_at_sentence

TITLE_BYTES = 70
DESCRIPTION_CHARACTERS = 200
DESCRIPTION_BYTES = 350
FACTS_CHARACTERS = 80

_SEPARATOR = " · "
_SHORTEST_SENTENCE = 24


class Preview(NamedTuple):
    """The words of a preview. `price` and `context` are None where nothing is published."""

    title: str
    description: str
    price: str | None
    context: str | None


def build_preview(profile: Profile) -> Preview:
    """Return the preview of a model: facts first, then as much of its description as fits."""
    model = profile.model
    price = headline(model.pricing, model.output_modalities)
    context = format_token_count(model.context_length) if model.context_length else None
    modes = format_modalities(model.input_modalities, model.output_modalities)
    since = profile.withdrawn
    gone = f"No longer listed since {since:%-d %b %Y}" if since else None
    facts = _facts(gone, price, context and f"{context} context", modes)
    return Preview(
        title=truncate(model.name, TITLE_BYTES, TITLE_BYTES),
        description=_description(facts, model),
        price=price,
        context=context and f"{context} tokens",
    )


def _facts(*facts: str | None) -> str:
    """Return the known facts in one line of FACTS_CHARACTERS, the last left out first."""
    known = [fact for fact in facts if fact]
    while len(known) > 1 and len(_SEPARATOR.join(known)) > FACTS_CHARACTERS:
        known.pop()
    return truncate(_SEPARATOR.join(known), FACTS_CHARACTERS, DESCRIPTION_BYTES)


def _description(facts: str, model: Model) -> str:
    lead = model.description.lead
    if not facts:
        words = lead or f"{model.id} on OpenRouter"
        return truncate_at_sentence(words, DESCRIPTION_CHARACTERS, DESCRIPTION_BYTES)
    opening = f"{facts}. "
    characters = DESCRIPTION_CHARACTERS - len(opening)
    room = DESCRIPTION_BYTES - len(opening.encode())
    if not lead or min(characters, room) < _SHORTEST_SENTENCE:
        return facts
    return opening + truncate_at_sentence(lead, characters, room)
