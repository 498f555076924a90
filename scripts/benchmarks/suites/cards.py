"""Drawing a card: ours against satori and resvg-js, a common choice."""

from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from handler.web.cards.content.card_content import CardContent
from handler.web.cards.content.model import card_for_profile
from scripts.benchmarks.candidates import BASELINES
from scripts.benchmarks.fixtures.catalogs import load_profiles
from scripts.benchmarks.harness import Bench
from scripts.benchmarks.probe_process import ProbeProcess, run_probe
from scripts.benchmarks.results import OURS, NotMeasured, Results, Table, format_number
from scripts.lib.paths import ROOT
from scripts.lib.tools import install, is_available

SATORI = "satori + resvg-js"
CARD_TIME = {name: f"card, {name}, time" for name in (OURS, SATORI)}
CARD_BYTES = {name: f"card, {name}, bytes" for name in (OURS, SATORI)}

_SATORI_FOLDER = BASELINES / "satori"
_WARM_UP = 5
_METHOD = "The cards of {} models, each drawn once by both candidates in turn. Medians."


def run(bench: Bench, runs: int) -> Results:
    """Measure the time and the bytes of a card."""
    profiles = load_profiles(bench.catalog(), 4 * runs)
    contents = [_to_json(card_for_profile(profile, profile.read_at)) for profile in profiles]
    with (
        run_probe(
            bench.command("cards.py"), bench.candidates[OURS].folder, bench.environment(OURS)
        ) as ours,
        run_probe(["node", "card.mjs"], _install_satori()) as satori,
    ):
        probes = {OURS: ours, SATORI: satori}
        cards = [_draw(probes, content) for content in contents][_WARM_UP:]
    metrics: dict[str, float] = {}
    for name in probes:
        metrics[CARD_TIME[name]] = median(card[name][0] for card in cards)
        metrics[CARD_BYTES[name]] = median(card[name][1] for card in cards)
    rows = [
        (name, format_number(metrics[CARD_TIME[name]]), f"{metrics[CARD_BYTES[name]]:,.0f}")
        for name in probes
    ]
    method = _METHOD.format(len(cards))
    return Results([Table("Card", method, ("candidate", "ms", "bytes"), rows)], metrics)


def _to_json(content: CardContent) -> dict[str, Any]:
    return {**content._asdict(), "stats": [stat._asdict() for stat in content.stats]}


def _draw(
    probes: Mapping[str, ProbeProcess], content: Mapping[str, Any]
) -> dict[str, tuple[float, int]]:
    """Return the milliseconds and bytes of a card, by candidate."""
    return {name: tuple(probe.ask(content)) for name, probe in probes.items()}


def _install_satori() -> Path:
    """Return the folder of the baseline, with its packages installed."""
    if not is_available("node") or not is_available("npm"):
        raise NotMeasured("node and npm did not run")
    if not install("clients", str(_SATORI_FOLDER.relative_to(ROOT))):
        raise NotMeasured("the packages of satori and resvg-js could not be installed")
    return _SATORI_FOLDER
