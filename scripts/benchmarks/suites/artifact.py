"""The size of the artifact that is deployed: unpacked, and as the zip that SAM uploads."""

import zipfile
from pathlib import Path
from tempfile import TemporaryFile

from scripts.benchmarks.harness import Bench
from scripts.benchmarks.results import Metric, Results, Table, format_number
from scripts.local_stack.build_artifact import size

UNPACKED = "artifact, unpacked"
ZIPPED = "artifact, zip"
_METHOD = (
    "Built for Lambda’s processor, and compressed as SAM CLI does. Sizes are in MB of a million "
    "bytes."
)


def run(bench: Bench, _runs: int) -> Results:
    """Measure the artifact of each side."""
    sizes: dict[Metric, float] = {}
    for side in bench.sides:
        folder = bench.deployed_artifact(side)
        sizes[Metric(UNPACKED, side)] = size(folder) / 1e6
        sizes[Metric(ZIPPED, side)] = zipped_bytes(folder) / 1e6
    rows = [
        (side, *(format_number(sizes[Metric(label, side)]) for label in (UNPACKED, ZIPPED)))
        for side in bench.sides
    ]
    return Results([Table("Artifact", _METHOD, ("candidate", "unpacked", "zip"), rows)], sizes)


def zipped_bytes(folder: Path) -> int:
    """Return the bytes of a zip of a folder, deflated at the default level as SAM CLI does."""
    with TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                archive.write(path, path.relative_to(folder))
        return file.tell()
