"""Clears the CDN's caches with a CloudFront invalidation, for example after a wrong price."""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from scripts.lib import aws


def main(arguments: Sequence[str], client: Callable[[str], Any] = aws.client) -> int:
    """Return the exit status. `client` creates the client for an AWS service."""
    parser = argparse.ArgumentParser(prog="scripts/purge", description=__doc__)
    parser.add_argument("paths", nargs="*", metavar="PATH", default=["/*"], help="default: all")
    parser.add_argument(
        "--stack", default=aws.DEFAULT_STACK, metavar="NAME", help="default: %(default)s"
    )
    options = parser.parse_args(arguments)
    try:
        outputs = aws.stack_outputs(client("cloudformation"), options.stack)
        distribution = aws.require_output(outputs, "DistributionId", options.stack)
        invalidation = aws.invalidate(
            client("cloudfront"), distribution, options.paths, uuid4().hex
        )
    except (aws.StackError, *aws.AwsError) as error:
        print(f"Cannot purge: {error}", file=sys.stderr)
        return 1
    paths = ", ".join(options.paths)
    print(f"Invalidating {paths} in {distribution}: {invalidation}. It takes a few minutes.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
