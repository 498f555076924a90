"""What each millisecond of a cold page above the floor buys: imports by whom they serve."""

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping

from scripts.benchmarks.candidates import FLOOR
from scripts.benchmarks.harness import PAGE, Bench
from scripts.benchmarks.results import OURS, NotMeasured, Results, Table, figure

_LINE = re.compile(r"^import time:\s+(\d+) \|\s+\d+ \| +(\S+)$", re.MULTILINE)
_REST = "the standard library’s rest"
# What an import belongs to, by the beginning of its name; the first that fits.
_BUYS = {
    "handler.domain": "what a preview says: models, prices, addresses, the snapshot’s form",
    "handler.web": "pages, heads, faces, replies",
    "handler": "settings, S3, freshness",
    "_jinja2_module_templates": "the page’s templates, compiled",
    "jinja2 markupsafe": "autoescaped templates",
    "starlette anyio typing_extensions": "routes, requests, responses",
    "mangum": "events in, answers out",
    "asyncio _asyncio concurrent": "the loop that Mangum and Starlette run on",
}
_ABOUT = (
    "Modules that our page imports and the floor does not, by `-X importtime`, each at its least "
    "of {} runs. Only a module’s own time counts, so that the sum is the whole."
)


def measured(bench: Bench, runs: int) -> Results:
    """Return the imports of a cold page beyond those of the floor."""
    ours, floor = _imports(bench, OURS, runs), _imports(bench, FLOOR, runs)
    groups: dict[str, list[int]] = defaultdict(list)
    for module in ours.keys() - floor.keys():
        groups[group_of(module)].append(ours[module])
    rows = [
        (
            f"`{group.replace(' ', '`, `')}`" if group in _BUYS else group,
            _BUYS.get(group, "") or "what these stand on",
            str(len(times)),
            figure(sum(times) / 1000),
        )
        for group, times in sorted(groups.items(), key=lambda item: -sum(item[1]))
    ]
    head = ("imports of", "buy", "modules", "ms")
    return Results([Table("Above the floor", _ABOUT.format(runs), head, rows)])


def group_of(module: str) -> str:
    """Return to which group of imports a module belongs."""
    for group in _BUYS:
        if any(module == name or module.startswith(f"{name}.") for name in group.split()):
            return group
    return _REST


def _imports(bench: Bench, name: str, runs: int) -> Mapping[str, int]:
    """Return the microseconds of each module that a cold page of a side imports, at the least."""
    least: dict[str, int] = {}
    for _ in range(runs):
        for module, took in _once(bench, name):
            least[module] = min(took, least.get(module, took))
    return least


def _once(bench: Bench, name: str) -> Iterator[tuple[str, int]]:
    side = bench.sides[name]
    done = subprocess.run(
        bench.command(
            "cold.py", side.module, bench.event_file(PAGE), interpreter=("-X", "importtime")
        ),
        cwd=side.folder,
        env=bench.environment(name),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise NotMeasured(f"{name} did not answer {PAGE}: {done.stderr[-500:]}")
    for took, module in _LINE.findall(done.stderr):
        yield re.sub(r"^(_jinja2_module_templates)_\w+", r"\1", module), int(took)
