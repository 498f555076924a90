"""Has the CDN forget what it keeps, as after a wrong price: a CloudFront invalidation."""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from scripts.lib import aws

DEFAULT_STACK = "burgee"


def main(arguments: Sequence[str], client: Callable[[str], Any] = aws.client) -> int:
    """Return the exit status; `client` makes the client of a service."""
    parser = argparse.ArgumentParser(prog="scripts/purge", description=__doc__)
    parser.add_argument("paths", nargs="*", metavar="PATH", default=["/*"], help="default: all")
    parser.add_argument(
        "--stack", default=DEFAULT_STACK, metavar="NAME", help="default: %(default)s"
    )
    options = parser.parse_args(arguments)
    try:
        outputs = aws.outputs_of(client("cloudformation"), options.stack)
        distribution = aws.output(outputs, "DistributionId", options.stack)
        done = aws.invalidate(client("cloudfront"), distribution, options.paths, uuid4().hex)
    except (aws.StackError, *aws.AwsError) as error:
        print(f"Cannot purge: {error}", file=sys.stderr)
        return 1
    print(f"Clearing {', '.join(options.paths)} from {distribution}: {done}, within minutes.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
