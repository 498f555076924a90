"""Builds the stack, deploys it with `sam deploy`, refreshes the catalog and checks the site."""

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from scripts.aws import sam, stacks
from scripts.aws.deployment import (
    Deployment,
    add_stack_options,
    find_answered_deployment,
    find_deployment,
)
from scripts.aws.samconfig import drop_parameters, find_answered_stage, read_stages
from scripts.commands import build, smoke
from scripts.lib.command_line import create_parser, run
from scripts.lib.network import network_from_env

_GUIDED = frozenset({"--guided", "-g"})
_PARAMETER = re.compile(r"[A-Za-z0-9]+=[^\"\s]*")


def main(arguments: Sequence[str]) -> int:
    """Return the exit status of the first step that fails, else that of the checks.

    Raises SettingsError.
    """
    options = _parse_arguments(arguments)
    network_from_env()  # an invalid variable is refused before anything is deployed
    before = read_stages()
    try:
        wanted = stacks.complete(find_deployment(options, before.get(options.config_env, {})))
        previous = _find_previous(wanted) if options.roll_back else None
    except (stacks.StackError, *stacks.AwsError) as error:
        print(f"Nothing was deployed: {error}", file=sys.stderr)
        return 1
    status = build.main([]) or _deploy(wanted, options, before)
    if status:
        return status
    deployment = _find_answered(options, before) if options.guided else wanted
    _forget_parameters(deployment)
    status = _check(deployment)
    if status and previous:
        return _roll_back(deployment, previous)
    return status


def _parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = create_parser(
        "deploy",
        __doc__,
        usage="%(prog)s [option ...] [-- sam deploy argument ...]",
        epilog="CloudFormation keeps all parameters that are not set. --guided, for the first "
        "deployment, asks for everything.",
    )
    parser.add_argument("--guided", action="store_true", help="ask for everything, as SAM does")
    add_stack_options(parser)
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        type=_parse_parameter,
        metavar="NAME=VALUE",
        dest="parameters",
        help="change a parameter of the template, now and for all later deployments",
    )
    parser.add_argument(
        "--roll-back",
        action="store_true",
        help="deploy the previous template, code and parameters again if a check fails",
    )
    parser.add_argument("sam", nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    options.guided = options.guided or bool(_GUIDED & set(options.sam))
    if "--parameter-overrides" in options.sam:
        parser.error("use --set NAME=VALUE, which later deployments keep")
    return options


def _parse_parameter(text: str) -> str:
    if not _PARAMETER.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE, or has spaces or quotes")
    name, _, value = text.partition("=")
    return f'{name}="{value}"'


def _find_previous(deployment: Deployment) -> stacks.Template | None:
    return stacks.find_template(stacks.client("cloudformation", deployment), deployment.stack)


def _deploy(deployment: Deployment, options: argparse.Namespace, stages: Mapping[str, Any]) -> int:
    guided = ["--guided"] if options.guided and not _GUIDED & set(options.sam) else []
    parameters = ["--parameter-overrides", *options.parameters] if options.parameters else []
    return sam.deploy(
        deployment,
        [*guided, *parameters, *options.sam],
        stage=options.config_env,
        is_saved=options.config_env in stages or options.guided,
    )


def _find_answered(options: argparse.Namespace, before: Mapping[str, Any]) -> Deployment:
    after = read_stages()
    stage = find_answered_stage(before, after, options.config_env)
    return find_answered_deployment(options, after.get(stage, {}))


def _forget_parameters(deployment: Deployment) -> None:
    """Remove from samconfig.toml what the stack now keeps."""
    for stage, saved in read_stages().items():
        if saved.get("stack_name") == deployment.stack and not drop_parameters(stage):
            print(f"Remove parameter_overrides of {stage} in samconfig.toml, or it undoes --set.")


def _check(deployment: Deployment) -> int:
    try:
        outputs = stacks.read_outputs(stacks.client("cloudformation", deployment), deployment.stack)
        print(*(f"{name}: {value}" for name, value in sorted(outputs.items())), sep="\n")
        function = stacks.require_output(outputs, "RefreshFunctionName", deployment.stack)
        url = stacks.require_output(outputs, "SiteUrl", deployment.stack)
        print("Refreshing the catalog (up to two minutes) ...", flush=True)
        print(stacks.invoke_refresh(stacks.client("lambda", deployment), function))
    except (stacks.StackError, *stacks.AwsError) as error:
        print(f"The stack is deployed, but: {error}", file=sys.stderr)
        return 1
    print(f"Checking {url} ...", flush=True)
    return smoke.main([url])


def _roll_back(deployment: Deployment, previous: stacks.Template) -> int:
    """Deploy the previous template again, and return 1: what was asked for is not deployed."""
    print("A check failed: deploying the previous template again ...", flush=True)
    status = sam.deploy_template(deployment, previous)
    outcome = "failed" if status else "is done"
    print(f"The rollback of {deployment.stack} {outcome}.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    run(main)
