"""Clears the CDN's caches with a CloudFront invalidation, for example after a wrong price."""

import sys
from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from scripts.aws import stacks
from scripts.aws.deployment import Deployment, add_stack_options, find_deployment
from scripts.aws.samconfig import read_stages
from scripts.lib.command_line import create_parser, run


def main(arguments: Sequence[str], client: Callable[[str, Deployment], Any] = stacks.client) -> int:
    """Return the exit status. `client` creates the client for an AWS service."""
    parser = create_parser("purge", __doc__)
    parser.add_argument("paths", nargs="*", metavar="PATH", default=["/*"], help="default: all")
    add_stack_options(parser)
    options = parser.parse_args(arguments)
    deployment = find_deployment(options, read_stages().get(options.config_env, {}))
    try:
        outputs = stacks.read_outputs(client("cloudformation", deployment), deployment.stack)
        distribution = stacks.require_output(outputs, "DistributionId", deployment.stack)
        invalidation = stacks.invalidate(
            client("cloudfront", deployment), distribution, options.paths, uuid4().hex
        )
    except (stacks.StackError, *stacks.AwsError) as error:
        print(f"Cannot purge: {error}", file=sys.stderr)
        return 1
    paths = ", ".join(options.paths)
    print(f"Invalidating {paths} in {distribution}: {invalidation}. It takes a few minutes.")
    return 0


if __name__ == "__main__":
    run(main)
