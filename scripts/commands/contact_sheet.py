"""Renders a contact sheet: cards of unusual models from the bundled sample, as one small PNG."""

import argparse
import io
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from handler.bootstrap.refresh import local_snapshot_repository, local_store, markdown_renderer
from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.model import Model, parse_model
from handler.domain.comparison.comparison import Comparison
from handler.domain.search.query import ModelQuery, parse_query
from handler.domain.search.stored_listing import load_listing
from handler.domain.snapshot.decode import decode_whole
from handler.domain.text import RenderedDescription
from handler.web.cards.content.card_content import CardContent
from handler.web.cards.content.listings import (
    card_for_author,
    card_for_comparison,
    card_for_explorer,
)
from handler.web.cards.content.model import card_for_profile, model_card
from handler.web.cards.content.site import card_for_methodology
from handler.web.cards.palette import AUTHOR_COLORS, SITE, build_palette
from handler.web.cards.render import render_card
from scripts.lib.command_line import create_parser, run
from scripts.lib.paths import ROOT
from scripts.lib.terminal import print_progress
from scripts.sample_data.load import load_sample

DEFAULT_PATH = ROOT / "docs" / "images" / "cards.png"

_COLUMNS = 4
# The size at which a chat on a phone shows a card.
_THUMBNAIL_SIZE = (300, 158)
_GAP = 12
_BACKGROUND = (0xCF, 0xCD, 0xC6)

_MODELS = (
    "google/gemini-2.5-pro",
    "nousresearch/hermes-4-405b",
    "openrouter/auto",
    "cohere/north-mini-code:free",
    "~anthropic/claude-opus-latest",
    "inclusionai/ring-2.6-1t",
    "openai/gpt-5.4-image-2",
    "google/gemini-3.1-flash-image-preview",
    "google/veo-3.1",
    "fish-audio/s1",
    "deepgram/nova-3",
    "openai/gpt-audio",
    "sentence-transformers/multi-qa-mpnet-base-dot-v1",
    "voyageai/rerank-2.5",
)
_COMPARISON = ("google/gemini-2.5-pro", "nousresearch/hermes-4-405b", "openrouter/auto")
_COMPARISON_OF_FIVE = (*_COMPARISON, "fish-audio/s1", "openai/gpt-5.4-image-2")
_VIEW = (("by", "google"), ("has", "tools"))
# Invented names, in scripts that no name on OpenRouter uses yet.
_INVENTED_NAMES = {
    "acme/arabic-7b": "Acme: نموذج اللغة (Pro) 7B",
    "acme/han-72b": "Acme: 通义大型语言模型 72B",
    "acme/hindi-3b": "Acme: हिन्दी भाषा मॉडल 🐬",
}


def main(arguments: Sequence[str]) -> int:
    """Write the contact sheet, and return the exit status."""
    options = _parse_arguments(arguments)
    print_progress("drawing the cards (some seconds)")
    cards = [Image.open(io.BytesIO(render_card(content))) for content in sheet_contents()]
    build_sheet(cards).save(options.to, optimize=True)
    print(f"{len(cards)} cards in {options.to.stat().st_size:,} bytes, written to {options.to}")
    return 0


def sheet_contents() -> list[CardContent]:
    """Return the contents of the cards on the sheet, in their order: the sample's own."""
    catalog = _load_catalog()
    listing = load_listing(catalog)
    return [
        *(_model_card(catalog, model_id) for model_id in (*_MODELS, _first_withdrawn(catalog))),
        *(model_card(_invented_model(*item)) for item in _INVENTED_NAMES.items()),
        *(
            card_for_comparison(catalog, Comparison(tuple(sorted(ids))))
            for ids in (_COMPARISON, _COMPARISON_OF_FIVE)
        ),
        card_for_author(listing, "google"),
        card_for_explorer(listing, ModelQuery()),
        card_for_explorer(listing, parse_query(_VIEW)),
        card_for_methodology(catalog),
    ]


def _load_catalog() -> Catalog:
    with TemporaryDirectory(prefix="burgee-") as folder:
        load_sample(local_snapshot_repository(Path(folder)), markdown_renderer())
        return decode_whole(local_store(Path(folder)).read().body)


def _model_card(catalog: Catalog, model_id: str) -> CardContent:
    return card_for_profile(catalog.profile(model_id), catalog.as_of, catalog.price_scales)


def _first_withdrawn(catalog: Catalog) -> str:
    return next(profile.model.id for profile in catalog.profiles() if profile.withdrawn)


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
    record = {"id": model_id, "name": name, "context_length": 131_072, "pricing": pricing}
    return parse_model(record, RenderedDescription("", ""))


def _parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = create_parser("contact-sheet", __doc__)
    parser.add_argument("--to", type=_parse_path, default=DEFAULT_PATH, help="path of the PNG")
    return parser.parse_args(arguments)


def _parse_path(text: str) -> Path:
    if not text.endswith(".png"):
        raise argparse.ArgumentTypeError(f"{text!r} does not end with .png")
    return Path(text)


if __name__ == "__main__":
    run(main)
