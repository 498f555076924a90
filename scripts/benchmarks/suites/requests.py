"""Processor time of the worst request of each kind, in a warm process."""

from collections.abc import Mapping
from dataclasses import replace

from scripts.benchmarks.harness import CARD, PAGE, Bench
from scripts.benchmarks.results import OURS, Results, Table, format_number
from scripts.benchmarks.suites.warm import Request, burst, run_function

_SIZES = (540, 10_000)
_UNKNOWN_WORDS = "&".join(f"m=unknwon{chr(97 + n % 26)}{n}" for n in range(30))
_UNKNOWN_IDS = "&".join(f"m=nobody/unknwon-{n}" for n in range(30))
_WORST = {
    "page of a model": Request(PAGE),
    "Markdown of a model": Request(f"{PAGE}.md"),
    "preview inspector": Request(f"{PAGE}/preview"),
    "badge": Request(f"{PAGE}/badge.svg"),
    "feed of a model": Request(f"{PAGE}/feed.xml"),
    "card of a model, drawn before": Request(CARD),
    "page of an author": Request("/google"),
    "explorer": Request("/"),
    "explorer, words that nothing has": Request("/", query="q=gimeni+clode+opuss+sonett"),
    "explorer, every filter": Request(
        "/", query="q=a&by=google&has=tools&has=image-in&is=paid&price=0-5&context=1k-&sort=name"
    ),
    "comparison of 30 unknown words": Request("/compare", query=_UNKNOWN_WORDS),
    "comparison of 30 unknown ids": Request("/compare", query=_UNKNOWN_IDS),
    "card of 30 unknown ids": Request("/compare/card.png", query=_UNKNOWN_IDS),
    "changes": Request("/changes", query="period=all"),
    "feed of everything": Request("/feed.xml"),
    "CSV of everything": Request("/models.csv"),
    "sitemap": Request("/sitemap.xml"),
    "unknown model": Request("/nobody/unknwon-model", status=404),
    "longest path": Request(f"/{'x/' * 4_000}", status=404),
    "API, 1,000 models": Request("/api/models", query="limit=1000"),
    "API, one compared": Request("/api/compare", query=f"m={PAGE.removeprefix('/')}"),
}
_TIMES = 3
_METHOD = (
    "Milliseconds of processor time in a warm process whose indexes are built: the page of each "
    "request is rendered anew. Medians of {} requests."
)


def run(bench: Bench, _runs: int) -> Results:
    """Measure each request at both sizes."""
    times = {models: _measure(bench, models) for models in _SIZES}
    rows = [
        (label, *(format_number(times[models][label]) for models in _SIZES)) for label in _WORST
    ]
    head = ("request", *(f"{models:,} models, ms" for models in _SIZES))
    return Results([Table("Worst requests", _METHOD.format(_TIMES), head, rows)])


def _measure(bench: Bench, models: int) -> Mapping[str, float]:
    """Return the milliseconds of each request, after one that builds what is kept."""
    times = {}
    with run_function(bench, OURS, models) as function:
        for label, request in _WORST.items():
            burst(function, request, 1)
            worst = replace(request, fresh=True, clock="process_time")
            times[label] = burst(function, worst, _TIMES) / 1_000
    return times
