"""The card: ours against satori and resvg-js, which most draw theirs with."""

from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from handler.web.cards.content.card_content import CardContent
from handler.web.cards.content.model import card_for_profile
from scripts.benchmarks.candidates import RIVALS
from scripts.benchmarks.fixtures.catalogs import profiles_of
from scripts.benchmarks.harness import Bench
from scripts.benchmarks.probe_process import ProbeProcess, conversing
from scripts.benchmarks.results import OURS, NotMeasured, Results, Table, figure
from scripts.lib.tools import install, is_available

SATORI = "satori + resvg-js"
CARD_TIME = {name: f"card, {name}, time" for name in (OURS, SATORI)}
CARD_BYTES = {name: f"card, {name}, bytes" for name in (OURS, SATORI)}

_PLACE = RIVALS / "satori"
_WARM_UP = 5
_ABOUT = "The cards of {} models, each drawn once by either side in turns. Medians."


def measured(bench: Bench, runs: int) -> Results:
    """Return what drawing a card takes on either side, and how large it gets."""
    profiles = profiles_of(bench.catalog(), 4 * runs)
    contents = [_content_to_json(card_for_profile(profile)) for profile in profiles]
    with (
        conversing(
            bench.command("cards.py"), bench.sides[OURS].folder, bench.environment(OURS)
        ) as ours,
        conversing(["node", "card.mjs"], _with_packages()) as satori,
    ):
        sides = {OURS: ours, SATORI: satori}
        drawn = [_drawn(sides, content) for content in contents][_WARM_UP:]
    figures: dict[str, float] = {}
    for name in sides:
        figures[CARD_TIME[name]] = median(row[name][0] for row in drawn)
        figures[CARD_BYTES[name]] = median(row[name][1] for row in drawn)
    rows = [
        (name, figure(figures[CARD_TIME[name]]), f"{figures[CARD_BYTES[name]]:,.0f}")
        for name in sides
    ]
    about = _ABOUT.format(len(drawn))
    return Results([Table("Card", about, ("side", "ms", "bytes"), rows)], figures)


def _content_to_json(content: CardContent) -> dict[str, Any]:
    return {**content._asdict(), "stats": [stat._asdict() for stat in content.stats]}


def _drawn(
    sides: Mapping[str, ProbeProcess], content: Mapping[str, Any]
) -> dict[str, tuple[float, int]]:
    """Return the milliseconds and bytes of a card, by side."""
    return {name: tuple(side.ask(content)) for name, side in sides.items()}


def _with_packages() -> Path:
    """Return the folder of the rival, with its packages installed."""
    if not is_available("node") or not is_available("npm"):
        raise NotMeasured("node and npm did not run")
    if not install("clients", str(_PLACE.relative_to(RIVALS.parents[2]))):
        raise NotMeasured("the packages of satori and resvg-js were not installed")
    return _PLACE
