"""Builds, deploys by `sam deploy`, refreshes the catalog once, and checks the site from outside."""

import argparse
import subprocess
import sys
from collections.abc import Sequence

from scripts.commands import build, smoke
from scripts.commands.purge import DEFAULT_STACK
from scripts.lib import aws
from scripts.lib.tools import ROOT


def main(arguments: Sequence[str]) -> int:
    """Return the exit status: that of the first step that fails, else of the checks."""
    options = _parsed(arguments)
    status = build.main([]) or _deployed(options)
    if status:
        return status
    try:
        outputs = aws.outputs_of(aws.client("cloudformation"), options.stack)
        print(*(f"{name}: {value}" for name, value in sorted(outputs.items())), sep="\n")
        function = aws.output(outputs, "RefreshFunctionName", options.stack)
        print("Refreshing the catalog (two minutes or less) ...", flush=True)
        print(aws.refresh(aws.client("lambda"), function))
        url = aws.output(outputs, "SiteUrl", options.stack)
    except (aws.StackError, *aws.AwsError) as error:
        print(f"Deployed, but: {error}", file=sys.stderr)
        return 1
    return smoke.main([url])


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/deploy",
        usage="%(prog)s [--stack NAME] [-- sam deploy argument ...]",
        description=__doc__,
    )
    parser.add_argument(
        "--stack", default=DEFAULT_STACK, metavar="NAME", help="default: %(default)s"
    )
    parser.add_argument("sam", nargs="*", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _deployed(options: argparse.Namespace) -> int:
    command = [build.sam_command(), "deploy", "--stack-name", options.stack, *options.sam]
    # Where nothing changed there is nothing wrong: the refresh and the checks go on.
    return subprocess.run([*command, "--no-fail-on-empty-changeset"], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
