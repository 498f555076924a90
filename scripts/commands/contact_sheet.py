"""Draws cards that tell the most, from the bundled sample, into one picture for the documents."""

import argparse
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from PIL import Image

from handler.domain.catalog.model import Model, parse_model
from handler.domain.text import RenderedDescription
from handler.web.cards.content.card_content import CardContent
from handler.web.cards.content.model import comparison_card, model_card
from handler.web.cards.content.site import author_card, explorer_card, methodology_card
from handler.web.cards.palette import AUTHOR_COLORS, SITE, colours
from handler.web.cards.render import render_card
from scripts.lib.paths import ROOT
from scripts.sample_data.load import newest_records

PICTURE = ROOT / "docs" / "images" / "cards.png"

_COLUMNS = 4
# The width at which a chat on a phone shows a card.
_CARD = (300, 158)
_GAP = 12
_GROUND = (0xCF, 0xCD, 0xC6)

# What the sample has that is out of the ordinary, with what a card may be told besides.
_CHOSEN: Mapping[str, Mapping[str, Any]] = {
    "google/gemini-2.5-pro": {"arena_rank": (12, 393)},
    "nousresearch/hermes-4-405b": {},
    "openrouter/auto": {},
    "cohere/north-mini-code:free": {},
    "~anthropic/claude-opus-latest": {},
    "anthropic/claude-opus-4.8:batch": {"is_withdrawn": True},
    "inclusionai/ring-2.6-1t": {},
    "openai/gpt-5.4-image-2": {},
    "google/gemini-3.1-flash-image-preview": {},
    "google/veo-3.1": {},
    "fish-audio/s1": {},
    "deepgram/nova-3": {},
    "openai/gpt-audio": {},
    "sentence-transformers/multi-qa-mpnet-base-dot-v1": {},
    "voyageai/rerank-2.5": {},
}
_COMPARED = ("google/gemini-2.5-pro", "nousresearch/hermes-4-405b", "openrouter/auto")
_COMPARED_FIVE = (*_COMPARED, "fish-audio/s1", "openai/gpt-5.4-image-2")
# Names that OpenRouter has none of, yet.
_INVENTED = {
    "acme/arabic-7b": "Acme: نموذج اللغة العربية 7B",
    "acme/han-72b": "Acme: 通义大型语言模型 72B",
    "acme/hindi-3b": "Acme: हिन्दी भाषा मॉडल 🐬",
}


def main(arguments: Sequence[str]) -> int:
    """Draw the sheet, and return the exit status."""
    options = _parsed(arguments)
    cards = [Image.open(io.BytesIO(render_card(face))) for face in chosen_faces()]
    sheet_of(cards).save(options.to, optimize=True)
    print(f"{len(cards)} cards in {options.to.stat().st_size:,} bytes, written to {options.to}")
    return 0


def chosen_faces() -> list[CardContent]:
    """Return the faces of the sheet, the plainest first."""
    models = {model.id: model for model in _sample()}
    faces = [model_card(models[i], released=_released(models[i]), **o) for i, o in _CHOSEN.items()]
    faces += [model_card(_invented(model_id, name)) for model_id, name in _INVENTED.items()]
    faces += [comparison_card([models[i] for i in ids]) for ids in (_COMPARED, _COMPARED_FIVE)]
    return [
        *faces,
        author_card(
            "google", "Google", 62, lowest_input=Decimal("0.04"), longest_context=1_048_576
        ),
        explorer_card(545, 62, 31),
        explorer_card(12, 3, 1, "Models that see, under $1 a million"),
        methodology_card("Arena", "OpenRouter"),
    ]


def sheet_of(cards: Sequence[Image.Image]) -> Image.Image:
    """Return the cards side by side, small and in few colours."""
    width, height = _CARD
    rows = -(-len(cards) // _COLUMNS)
    size = (_COLUMNS * (width + _GAP) + _GAP, rows * (height + _GAP) + _GAP)
    sheet = Image.new("RGB", size, _GROUND)
    for number, card in enumerate(cards):
        row, column = divmod(number, _COLUMNS)
        small = card.convert("RGB").resize(_CARD, Image.Resampling.LANCZOS)
        sheet.paste(small, (_GAP + column * (width + _GAP), _GAP + row * (height + _GAP)))
    return sheet.quantize(palette=_palette(), dither=Image.Dither.NONE)


def _palette() -> Image.Image:
    """Return the colours of all cards, and of the ground between them."""
    used = {colour for dye in (SITE, *AUTHOR_COLORS) for colour in colours(dye)} | {_GROUND}
    image = Image.new("P", (1, 1))
    image.putpalette([part for colour in sorted(used) for part in colour])
    return image


def _sample() -> Iterator[Model]:
    return (parse_model(raw, RenderedDescription("", "")) for raw in newest_records())


def _invented(model_id: str, name: str) -> Model:
    pricing = {"prompt": "0.00000015", "completion": "0.0000006"}
    raw = {"id": model_id, "name": name, "context_length": 131_072, "pricing": pricing}
    return parse_model(raw, RenderedDescription("", ""))


def _released(model: Model) -> datetime | None:
    return datetime.fromtimestamp(model.created, UTC) if model.created else None


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/contact-sheet", description=__doc__)
    parser.add_argument("--to", type=Path, default=PICTURE, help="the picture, a PNG")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
