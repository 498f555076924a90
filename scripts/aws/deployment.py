"""Which stack a command means: the one that its options name, or that SAM deployed last."""

import argparse
from collections.abc import Mapping
from typing import Any, NamedTuple

from scripts.aws.samconfig import DEFAULT_STAGE

DEFAULT_STACK = "burgee"

_KEYS = ("stack_name", "region", "profile")


class Deployment(NamedTuple):
    """A stack and how to reach it. None means what the AWS SDK finds, as in ~/.aws/config."""

    stack: str = DEFAULT_STACK
    region: str | None = None
    profile: str | None = None


def add_stack_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that name a stack, by SAM's names for them."""
    parser.add_argument(
        "--stack-name", metavar="NAME", help=f"default: as saved, else {DEFAULT_STACK}"
    )
    add_session_options(parser)
    parser.add_argument(
        "--config-env",
        default=DEFAULT_STAGE,
        metavar="STAGE",
        help="the stage in samconfig.toml whose stack is meant; default: %(default)s",
    )


def add_session_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how to reach AWS."""
    parser.add_argument("--region", help="AWS region; default: as saved, else the SDK's")
    parser.add_argument("--profile", help="profile in ~/.aws; default: as saved, else the SDK's")


def find_deployment(options: argparse.Namespace, saved: Mapping[str, Any]) -> Deployment:
    """Return the deployment that options name, completed by what is saved for their stage."""
    return Deployment(
        options.stack_name or saved.get("stack_name") or DEFAULT_STACK,
        options.region or saved.get("region"),
        options.profile or saved.get("profile"),
    )


def find_answered_deployment(options: argparse.Namespace, saved: Mapping[str, Any]) -> Deployment:
    """Return the deployment of a guided run: options were only proposals, answers were saved."""
    options = argparse.Namespace(**vars(options) | {k: saved[k] for k in _KEYS if k in saved})
    return find_deployment(options, saved)
