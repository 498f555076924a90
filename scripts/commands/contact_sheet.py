"""Renders a contact sheet: cards of unusual models from the bundled sample, as one small PNG."""

import argparse
import io
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from PIL import Image

from handler.domain.catalog.model import Model, parse_model
from handler.domain.text import RenderedDescription
from handler.web.cards.content.card_content import CardContent
from handler.web.cards.content.listings import author_card, comparison_card, explorer_card
from handler.web.cards.content.model import model_card
from handler.web.cards.content.site import methodology_card
from handler.web.cards.palette import AUTHOR_COLORS, SITE, build_palette
from handler.web.cards.render import render_card
from handler.web.formatting import datetime_from_unix
from scripts.lib.paths import ROOT
from scripts.lib.version import add_version_option
from scripts.sample_data.load import newest_records

DEFAULT_PATH = ROOT / "docs" / "images" / "cards.png"

_COLUMNS = 4
# The size at which a chat on a phone shows a card.
_THUMBNAIL_SIZE = (300, 158)
_GAP = 12
_BACKGROUND = (0xCF, 0xCD, 0xC6)

# Models of the sample by id, with further arguments of `model_card`.
_MODELS: Mapping[str, Mapping[str, Any]] = {
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
_COMPARISON = ("google/gemini-2.5-pro", "nousresearch/hermes-4-405b", "openrouter/auto")
_COMPARISON_OF_FIVE = (*_COMPARISON, "fish-audio/s1", "openai/gpt-5.4-image-2")
# Invented names, in scripts that no name on OpenRouter uses yet.
_INVENTED_NAMES = {
    "acme/arabic-7b": "Acme: نموذج اللغة العربية 7B",
    "acme/han-72b": "Acme: 通义大型语言模型 72B",
    "acme/hindi-3b": "Acme: हिन्दी भाषा मॉडल 🐬",
}


def main(arguments: Sequence[str]) -> int:
    """Write the contact sheet, and return the exit status."""
    options = _parse_arguments(arguments)
    cards = [Image.open(io.BytesIO(render_card(content))) for content in sheet_contents()]
    build_sheet(cards).save(options.to, optimize=True)
    print(f"{len(cards)} cards in {options.to.stat().st_size:,} bytes, written to {options.to}")
    return 0


def sheet_contents() -> list[CardContent]:
    """Return the contents of the cards on the sheet, in their order."""
    models = {model.id: model for model in map(_parse, newest_records())}
    return [
        *(
            model_card(models[model_id], released=_released(models[model_id]), **options)
            for model_id, options in _MODELS.items()
        ),
        *(model_card(_invented_model(*item)) for item in _INVENTED_NAMES.items()),
        *(comparison_card([models[i] for i in ids]) for ids in (_COMPARISON, _COMPARISON_OF_FIVE)),
        author_card(
            "google", "Google", 62, lowest_input=Decimal("0.04"), longest_context=1_048_576
        ),
        explorer_card(545, 62, 31),
        explorer_card(12, 3, 1, "Models that see, under $1 a million"),
        methodology_card("Arena", "OpenRouter"),
    ]


def build_sheet(cards: Sequence[Image.Image]) -> Image.Image:
    """Return the cards as thumbnails in rows, in an indexed image."""
    width, height = _THUMBNAIL_SIZE
    rows = -(-len(cards) // _COLUMNS)
    size = (_COLUMNS * (width + _GAP) + _GAP, rows * (height + _GAP) + _GAP)
    sheet = Image.new("RGB", size, _BACKGROUND)
    for number, card in enumerate(cards):
        row, column = divmod(number, _COLUMNS)
        thumbnail = card.convert("RGB").resize(_THUMBNAIL_SIZE, Image.Resampling.LANCZOS)
        sheet.paste(thumbnail, (_GAP + column * (width + _GAP), _GAP + row * (height + _GAP)))
    return sheet.quantize(palette=_sheet_palette(), dither=Image.Dither.NONE)


def _sheet_palette() -> Image.Image:
    """Return an image with the palettes of all cards, and the background."""
    accents = (SITE, *AUTHOR_COLORS)
    colors = {color for accent in accents for color in build_palette(accent)} | {_BACKGROUND}
    image = Image.new("P", (1, 1))
    image.putpalette([channel for color in sorted(colors) for channel in color])
    return image


def _invented_model(model_id: str, name: str) -> Model:
    pricing = {"prompt": "0.00000015", "completion": "0.0000006"}
    return _parse({"id": model_id, "name": name, "context_length": 131_072, "pricing": pricing})


def _parse(record: Mapping[str, Any]) -> Model:
    return parse_model(record, RenderedDescription("", ""))


def _released(model: Model) -> date | None:
    return datetime_from_unix(model.created).date() if model.created else None


def _parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/contact-sheet", description=__doc__)
    add_version_option(parser)
    parser.add_argument("--to", type=Path, default=DEFAULT_PATH, help="path of the PNG")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
