"""Makes the bundled sample from stored answers of the sources: their facts, in our own words."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from handler.domain.errors import BurgeeError
from scripts.lib.paths import observed_at
from scripts.sample_data import extract
from scripts.sample_data.load import SAMPLE


def main(arguments: Sequence[str]) -> int:
    """Write the sample, and return the exit status."""
    options = _parsed(arguments)
    try:
        sample = sample_of(options.lists, options.everything, options.endpoints, options.arena)
        options.to.parent.mkdir(parents=True, exist_ok=True)
        options.to.write_text(written(sample), encoding="utf-8")
    except (BurgeeError, OSError) as error:
        print(f"No sample was made: {error}", file=sys.stderr)
        return 1
    size = options.to.stat().st_size
    models = len(sample["readings"][-1]["data"])
    print(f"{models} models in {size:,} bytes, written to {options.to}")
    return 0


def sample_of(
    lists: Sequence[Path], everything: Path, endpoints: Path, arena: Path
) -> dict[str, Any]:
    """Return the sample as of the newest list, with what the other files add to it."""
    stored = sorted(
        (extract.stored_list(path, observed_at(path)) for path in lists), key=lambda s: s.as_of
    )
    readings = list(
        extract.readings(stored, extract.stored_list(everything, observed_at(everything)))
    )
    model_ids = [record["id"] for record in readings[-1]["data"]]
    return {
        "readings": readings,
        "endpoints": extract.endpoints(endpoints, observed_at(endpoints), model_ids),
        "arena": extract.ratings(arena),
    }


def written(sample: dict[str, Any]) -> str:
    """Return the sample as JSON with a line for each record, so that changes can be read."""
    return f"{_lines(sample, 3)}\n"


def _lines(value: Any, levels: int) -> str:
    """Return JSON that breaks lines in so many outer levels."""
    if not levels or not isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        items = [f"{json.dumps(key)}: {_lines(item, levels - 1)}" for key, item in value.items()]
        return "{" + ",\n".join(items) + "}"
    return "[\n" + ",\n".join(_lines(item, levels - 1) for item in value) + "\n]"


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/sample", description=__doc__)
    parser.add_argument(
        "lists",
        type=Path,
        nargs="+",
        metavar="LIST",
        help="stored lists of text models: the newest one is there whole, the others in part",
    )
    for flag, help_text in {
        "--everything": "a stored list of all modalities: adds models that make something else",
        "--endpoints": "stored answers of the endpoints call, by model id",
        "--arena": "a stored leaderboard",
    }.items():
        parser.add_argument(flag, type=Path, required=True, metavar="FILE", help=help_text)
    parser.add_argument(
        "--to", type=Path, default=SAMPLE, metavar="FILE", help="default: the bundled sample"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
