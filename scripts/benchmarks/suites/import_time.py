"""Imports of a cold page that the floor does not need, grouped by their purpose."""

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping

from scripts.benchmarks.candidates import FLOOR
from scripts.benchmarks.harness import PAGE, Bench
from scripts.benchmarks.results import OURS, NotMeasured, Results, Table, format_number

_LINE = re.compile(r"^import time:\s+(\d+) \|\s+\d+ \| +(\S+)$", re.MULTILINE)
_OTHER = "everything else"
# The purpose of imports, by the prefixes of their names. The first match counts.
_PURPOSES = {
    "handler.domain": "models, prices, model lookup, the snapshot format",
    "handler.web": "routes, views, HTTP",
    "handler": "settings, storage, the catalog cache",
    "_jinja2_module_templates": "the page’s templates, compiled",
    "jinja2 markupsafe": "autoescaped templates",
}
_METHOD = (
    "Modules that our page imports and the floor does not, by `-X importtime`: the minimum of {} "
    "runs for each. Times exclude nested imports, so that they add up."
)


def run(bench: Bench, runs: int) -> Results:
    """Measure the imports of a cold page beyond those of the floor."""
    ours, floor = _imports(bench, OURS, runs), _imports(bench, FLOOR, runs)
    groups: dict[str, list[int]] = defaultdict(list)
    for module in ours.keys() - floor.keys():
        groups[find_group(module)].append(ours[module])
    rows = [
        (
            f"`{group.replace(' ', '`, `')}`" if group in _PURPOSES else group,
            _PURPOSES.get(group, "what these import"),
            str(len(times)),
            format_number(sum(times) / 1000),
        )
        for group, times in sorted(groups.items(), key=lambda item: -sum(item[1]))
    ]
    head = ("imports of", "purpose", "modules", "ms")
    return Results([Table("Above the floor", _METHOD.format(runs), head, rows)])


def find_group(module: str) -> str:
    """Return the group of imports that a module belongs to."""
    for group in _PURPOSES:
        if any(module == name or module.startswith(f"{name}.") for name in group.split()):
            return group
    return _OTHER


def _imports(bench: Bench, name: str, runs: int) -> Mapping[str, int]:
    """Return the minimal microseconds of each module that a candidate's cold page imports."""
    minimum: dict[str, int] = {}
    for _ in range(runs):
        for module, microseconds in _measure_once(bench, name):
            minimum[module] = min(microseconds, minimum.get(module, microseconds))
    return minimum


def _measure_once(bench: Bench, name: str) -> Iterator[tuple[str, int]]:
    candidate = bench.candidates[name]
    arguments = ("cold.py", candidate.module, bench.event_file(PAGE))
    done = subprocess.run(
        bench.command(*arguments, interpreter=("-X", "importtime")),
        cwd=candidate.folder,
        env=bench.environment(name),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise NotMeasured(f"{name} did not answer {PAGE}: {done.stderr[-500:]}")
    for microseconds, module in _LINE.findall(done.stderr):
        yield re.sub(r"^(_jinja2_module_templates)_\w+", r"\1", module), int(microseconds)
