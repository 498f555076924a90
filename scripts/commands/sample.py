"""Makes the bundled sample from stored responses of the sources, with descriptions of our own."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from handler.domain.errors import BurgeeError
from scripts.lib.command_line import create_parser, run
from scripts.lib.list_files import observed_at
from scripts.sample_data import extract
from scripts.sample_data.load import SAMPLE, current_records


def main(arguments: Sequence[str]) -> int:
    """Write the sample, and return the exit status."""
    options = _parse_arguments(arguments)
    try:
        sample = build_sample(options.lists, options.everything, options.endpoints, options.arena)
        options.to.parent.mkdir(parents=True, exist_ok=True)
        options.to.write_text(format_sample(sample), encoding="utf-8")
    except (BurgeeError, OSError) as error:
        print(f"No sample was made: {error}", file=sys.stderr)
        return 1
    size = options.to.stat().st_size
    models = len(current_records(sample["lists"]))
    print(f"{models} models in {size:,} bytes, written to {options.to}")
    return 0


def build_sample(
    lists: Sequence[Path], everything: Path, endpoints: Path, arena: Path
) -> dict[str, Any]:
    """Return the sample: as of the newest list, with the data of the other files."""
    stored = [extract.load_list(path, observed_at(path)) for path in lists]
    extracted = list(
        extract.extract_lists(
            sorted(stored, key=lambda one: one.as_of),
            extract.load_list(everything, observed_at(everything)),
        )
    )
    model_ids = [record["id"] for record in current_records(extracted)]
    return {
        "lists": extracted,
        "endpoints": extract.extract_endpoints(endpoints, observed_at(endpoints), model_ids),
        "arena": extract.extract_ratings(arena),
    }


def format_sample(sample: dict[str, Any]) -> str:
    """Return the sample as JSON with a line for each record, for readable diffs."""
    return f"{_format_json(sample, 3)}\n"


def _format_json(value: Any, levels: int) -> str:
    """Return JSON with line breaks in that many outer levels."""
    if not levels or not isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        items = (f"{json.dumps(key)}: {_format_json(v, levels - 1)}" for key, v in value.items())
        return "{" + ",\n".join(items) + "}"
    return "[\n" + ",\n".join(_format_json(item, levels - 1) for item in value) + "\n]"


def _parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = create_parser("sample", __doc__)
    parser.add_argument(
        "lists",
        type=Path,
        nargs="+",
        metavar="LIST",
        help="stored lists of text models: the newest is included whole, the others in part",
    )
    for flag, help_text in {
        "--everything": "a stored list of all modalities, for models with other outputs than text",
        "--endpoints": "stored endpoint responses, by model id",
        "--arena": "a stored leaderboard",
    }.items():
        parser.add_argument(flag, type=Path, required=True, metavar="FILE", help=help_text)
    parser.add_argument(
        "--to", type=Path, default=SAMPLE, metavar="FILE", help="default: the bundled sample"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    run(main)
