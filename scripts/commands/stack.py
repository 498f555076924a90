"""Runs the whole deployment on this machine: S3, both functions, API Gateway and a CDN."""

import argparse
import os
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from handler.adapters.openrouter.models import API_URL
from handler.adapters.storage.s3_boto3 import Boto3Archive, Boto3Store
from handler.adapters.storage.s3_location import S3Location
from handler.bootstrap.refresh import markdown_renderer
from handler.services.snapshot_repository import SnapshotRepository
from handler.settings import Settings
from scripts.lib.command_line import create_parser, run
from scripts.lib.network import network_from_env
from scripts.lib.numbers import parse_port
from scripts.lib.stop_signals import StopSignals
from scripts.lib.tools import Tool, deployment_tools
from scripts.local_stack import build_artifact
from scripts.local_stack.lambda_emulator import FunctionFailed, version_of
from scripts.local_stack.processes import ServerFailed
from scripts.local_stack.stack import STORE, Stack, Tools, run_stack
from scripts.sample_data.load import load_sample

REFRESH_SECONDS = 15 * 60
# What the template gives each function, beside what the stack decides itself.
_SETTINGS = {
    "render": ("EXPLORER_URL", "ROBOTS_LLM", "CONTACT_URL"),
    "refresh": (
        *("OPENROUTER_API_KEY", "OPENROUTER_URL", "ARENA_URL"),
        *("ENDPOINT_REQUESTS_PER_SECOND", "ENDPOINT_TIME_BUDGET_SECONDS"),
        *("MAX_LOST_FRACTION", "MAX_REPRICED_FRACTION", "MAX_SKIPPED_FRACTION"),
    ),
}
_EXAMPLE = "nousresearch/hermes-4-405b"


class NotStarted(Exception):
    """The stack cannot run on this machine; the message says what is missing."""


def main(arguments: Sequence[str]) -> int:
    """Run until interrupted, and return the exit status. Raises SettingsError."""
    options = _parse_arguments(arguments)
    settings = read_settings(os.environ)
    stop = StopSignals()
    stop.listen()
    try:
        tools = select_tools(deployment_tools())
        with _running(options, tools, settings) as stack:
            _announce(stack)
            stop.check()
            _wait(stack, refreshing=not options.offline)
    except (NotStarted, ServerFailed, build_artifact.BuildFailed) as error:
        print(f"Cannot start the stack: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
    return 0


def _parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = create_parser("stack", __doc__)
    parser.add_argument(
        "--port",
        type=parse_port,
        default=8080,
        help="port of the CDN, 0 for any free port; default: %(default)s",
    )
    parser.add_argument(
        "--offline", action="store_true", help="use the bundled sample, and never refresh"
    )
    return parser.parse_args(arguments)


def select_tools(found: Sequence[Tool]) -> Tools:
    """Return the programs of the stack. Raises NotStarted with the names of missing ones."""
    missing = [f"{tool.name} is {tool.missing}" for tool in found if tool.missing]
    if missing:
        raise NotStarted("; ".join(missing))
    paths = {tool.variable: Path(tool.path) for tool in found}
    return Tools(
        emulator=paths["BURGEE_RIE"],
        lambda_python=paths["BURGEE_LAMBDA_PYTHON"],
        sam_python=paths["BURGEE_SAM"].with_name("python"),
        nginx=paths["BURGEE_NGINX"],
    )


def read_settings(environment: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the settings of each function by its role. Raises SettingsError for an invalid one."""
    settings = {
        role: {name: environment[name] for name in names if environment.get(name)}
        for role, names in _SETTINGS.items()
    }
    for given in settings.values():
        Settings.from_env({**given, "BURGEE_STORE": STORE})
    return settings


@contextmanager
def _running(
    options: argparse.Namespace, tools: Tools, settings: Mapping[str, Mapping[str, str]]
) -> Iterator[Stack]:
    """Build and run the stack with a catalog until the block ends."""
    _print("Building the artifact for this machine's processor (half a minute) ...")
    with tempfile.TemporaryDirectory(prefix="burgee-stack-") as folder:
        built = build_artifact.build(
            Path(folder) / "built",
            version_of(tools.lambda_python),
            build_artifact.local_platforms(),
        )
        _print("Starting S3, the functions, API Gateway and the CDN ...")
        with run_stack(built, tools, options.port or None, settings) as stack:
            if options.offline:
                _load_sample(stack)
            else:
                _refresh_or_load_sample(stack)
            yield stack


def _refresh_or_load_sample(stack: Stack) -> None:
    if network_from_env().find_proxy(API_URL):
        _print("Lambda functions use no proxy: if there is no other way, the sample is served.")
    _print("Refreshing the catalog with the refresh function (up to two minutes) ...")
    if not _refresh(stack):
        _load_sample(stack)


def _refresh(stack: Stack) -> bool:
    """Invoke the refresh function, and return whether it succeeded."""
    try:
        stack.refresh.invoke({})
    except FunctionFailed as error:
        _print(f"Not refreshed: {error}")
        return False
    return True


def _load_sample(stack: Stack) -> None:
    _print("Storing the bundled sample.")
    seaweed = stack.seaweed
    client = seaweed.client()
    location = S3Location.parse(STORE, seaweed.region, seaweed.endpoint_url)
    repository = SnapshotRepository(
        Boto3Store(location, client), Boto3Archive(location, client), _no_sleep, lambda: ""
    )
    load_sample(repository, markdown_renderer())


def _no_sleep(_seconds: float) -> None:
    """Return at once: there is no other writer, so no conflict to wait for."""


def _announce(stack: Stack) -> None:
    seaweed = stack.seaweed
    _print(
        f"CDN           {stack.cdn.url}/{_EXAMPLE}",
        f"API Gateway   {stack.gateway}/{_EXAMPLE}",
        f"render        {stack.render.invocations_url}",
        f"refresh       {stack.refresh.invocations_url}",
        f"S3            {seaweed.endpoint_url}, {STORE}",
        "To read it    "
        f"AWS_ENDPOINT_URL_S3={seaweed.endpoint_url} "
        f"AWS_ACCESS_KEY_ID={seaweed.access_key} "
        f"AWS_SECRET_ACCESS_KEY={seaweed.secret_key} AWS_REGION={seaweed.region}",
        "Ctrl-C stops all of it.",
    )


def _wait(stack: Stack, refreshing: bool) -> None:
    pause = threading.Event()
    while not pause.wait(REFRESH_SECONDS):
        if refreshing:
            _refresh(stack)


def _print(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    run(main)
