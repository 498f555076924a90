"""Builds the stack, deploys it with `sam deploy`, refreshes the catalog and checks the site."""

import argparse
import subprocess
import sys
from collections.abc import Sequence

from scripts.commands import build, smoke
from scripts.lib import aws
from scripts.lib.paths import ROOT
from scripts.lib.sam import sam_command


def main(arguments: Sequence[str]) -> int:
    """Return the exit status of the first step that fails, else that of the checks."""
    options = _parse_arguments(arguments)
    status = build.main([]) or _deploy(options)
    if status:
        return status
    try:
        outputs = aws.stack_outputs(aws.client("cloudformation"), options.stack)
        print(*(f"{name}: {value}" for name, value in sorted(outputs.items())), sep="\n")
        function = aws.require_output(outputs, "RefreshFunctionName", options.stack)
        print("Refreshing the catalog (up to two minutes) ...", flush=True)
        print(aws.invoke_refresh(aws.client("lambda"), function))
        url = aws.require_output(outputs, "SiteUrl", options.stack)
    except (aws.StackError, *aws.AwsError) as error:
        print(f"The stack is deployed, but: {error}", file=sys.stderr)
        return 1
    return smoke.main([url])


def _parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/deploy",
        usage="%(prog)s [--stack NAME] [-- sam deploy argument ...]",
        description=__doc__,
    )
    parser.add_argument(
        "--stack", default=aws.DEFAULT_STACK, metavar="NAME", help="default: %(default)s"
    )
    parser.add_argument("sam", nargs="*", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _deploy(options: argparse.Namespace) -> int:
    command = [sam_command(), "deploy", "--stack-name", options.stack, *options.sam]
    # An unchanged stack is no error: the refresh and the checks still run.
    return subprocess.run([*command, "--no-fail-on-empty-changeset"], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
