"""Writes the hashes of all pinned packages into the requirement files.

Run it after a change of a version. pip then installs no file that is not listed.
"""

import sys
from collections.abc import Sequence

from scripts.lib.command_line import create_parser, run
from scripts.lib.paths import ROOT
from scripts.locking.package_index import IndexFailed, open_index
from scripts.locking.requirement_locks import LOCKED_FILES, lock_file


def main(arguments: Sequence[str]) -> int:
    """Return the exit status: 1 if the index cannot be read or lacks a version."""
    parser = create_parser("lock", __doc__)
    parser.parse_args(arguments)
    try:
        with open_index() as hashes_of:
            for path in LOCKED_FILES:
                state = "updated" if lock_file(path, hashes_of) else "up to date"
                print(f"{path.relative_to(ROOT)}: {state}", flush=True)
    except (IndexFailed, ValueError) as error:
        print(f"Cannot lock: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    run(main)
