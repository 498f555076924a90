"""Drawing a card: ours against satori with resvg-js, a common choice, and takumi, a fast one."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from handler.web.cards.content.card_content import CardContent
from handler.web.cards.content.model import card_for_profile
from scripts.benchmarks.candidates import BASELINES
from scripts.benchmarks.fixtures.catalogs import load_profiles
from scripts.benchmarks.harness import Bench
from scripts.benchmarks.probe_process import ProbeProcess, run_probe
from scripts.benchmarks.results import OURS, Metric, NotMeasured, Results, Table, format_number
from scripts.lib.paths import ROOT
from scripts.lib.tools import install, is_available

SATORI = "satori + resvg-js"
TAKUMI = "takumi"
CARD_TIME = "card, time"
CARD_BYTES = "card, bytes"

_FOLDERS = {SATORI: BASELINES / "satori", TAKUMI: BASELINES / "takumi"}
_WARM_UP = 5
_METHOD = "The cards of {} models, each drawn once by all candidates in turn. Medians."


def run(bench: Bench, runs: int) -> Results:
    """Measure the time and the bytes of a card."""
    profiles = load_profiles(bench.catalog(), 4 * runs)
    contents = [_to_json(card_for_profile(profile, profile.read_at)) for profile in profiles]
    with ExitStack() as resources:
        probes = {OURS: resources.enter_context(_run_ours(bench))}
        for name, folder in _FOLDERS.items():
            _install(name, folder)
            probes[name] = resources.enter_context(run_probe(["node", "card.mjs"], folder))
        cards = [_draw(probes, content) for content in contents][_WARM_UP:]
    metrics: dict[Metric, float] = {}
    for name in probes:
        metrics[Metric(CARD_TIME, name)] = median(card[name][0] for card in cards)
        metrics[Metric(CARD_BYTES, name)] = median(card[name][1] for card in cards)
    rows = [
        (
            name,
            format_number(metrics[Metric(CARD_TIME, name)]),
            f"{metrics[Metric(CARD_BYTES, name)]:,.0f}",
        )
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


def _run_ours(bench: Bench) -> AbstractContextManager[ProbeProcess]:
    folder = bench.candidates[OURS].folder
    return run_probe(bench.command("cards.py"), folder, bench.environment(OURS))


def _install(name: str, folder: Path) -> None:
    """Install the packages of a baseline into its folder."""
    if not is_available("node") or not is_available("npm"):
        raise NotMeasured("node and npm did not run")
    if not install("clients", str(folder.relative_to(ROOT))):
        raise NotMeasured(f"the packages of {name} could not be installed")
