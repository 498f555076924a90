"""Writes the hashes of all pinned packages into the requirement files.

Run it after a change of a version. pip then installs no file that is not listed.
"""

import argparse
import sys
from collections.abc import Sequence

from scripts.lib.package_index import IndexFailed, open_index
from scripts.lib.paths import ROOT
from scripts.lib.requirement_locks import LOCKED_FILES, lock_file
from scripts.lib.version import add_version_option


def main(arguments: Sequence[str]) -> int:
    """Return the exit status: 1 if the index cannot be read or lacks a version."""
    parser = argparse.ArgumentParser(prog="scripts/lock", description=__doc__)
    add_version_option(parser)
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
    sys.exit(main(sys.argv[1:]))
