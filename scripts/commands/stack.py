"""Starts the real thing on this machine, without Docker: S3, both functions, API Gateway, a CDN."""

import argparse
import signal
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from handler.adapters.storage.s3_boto3 import Boto3Archive, Boto3Store
from handler.adapters.storage.s3_location import S3Location
from handler.bootstrap.refresh import markdown_renderer
from handler.services.snapshot_repository import SnapshotRepository
from scripts.lib.tools import Tool, deployment_parts
from scripts.local_stack import build_artifact
from scripts.local_stack.lambda_emulator import FunctionFailed, version_of
from scripts.local_stack.processes import ServerFailed
from scripts.local_stack.stack import STORE, Stack, Tools, stack
from scripts.sample_data.load import load_sample

REFRESH_SECONDS = 15 * 60
_EXAMPLE = "nousresearch/hermes-4-405b"


class NotStarted(Exception):
    """The stack cannot run here; the message says what is missing."""


def main(arguments: Sequence[str]) -> int:
    """Run until interrupted, and return the exit status."""
    options = _parsed(arguments)
    # Both signals end it alike, with every server that it started. Set for both: a shell starts
    # what it puts into the background with Ctrl-C ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        tools = tools_of(deployment_parts())
        with tempfile.TemporaryDirectory(prefix="burgee-stack-") as folder:
            _run(options, tools, Path(folder))
    except (NotStarted, ServerFailed, build_artifact.BuildFailed) as error:
        print(f"Cannot start the stack: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
    return 0


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/stack", description=__doc__)
    parser.add_argument(
        "--port", type=int, default=8080, help="of the CDN; 0 for any; default: %(default)s"
    )
    parser.add_argument(
        "--offline", action="store_true", help="store the bundled sample, and never refresh"
    )
    return parser.parse_args(arguments)


def tools_of(parts: Sequence[Tool]) -> Tools:
    """Return the programs of the parts. Raises NotStarted, naming those that are missing."""
    missing = [f"{part.name} is {part.missing}" for part in parts if part.missing]
    if missing:
        raise NotStarted("; ".join(missing))
    place = {part.variable: Path(part.place) for part in parts}
    return Tools(
        emulator=place["BURGEE_RIE"],
        lambda_python=place["BURGEE_LAMBDA_PYTHON"],
        sam_python=place["BURGEE_SAM"].with_name("python"),
        nginx=place["BURGEE_NGINX"],
    )


def _run(options: argparse.Namespace, tools: Tools, folder: Path) -> None:
    _say("Building what would be deployed, for this machine's processor (half a minute) ...")
    wheels = build_artifact.wheels_for_here()
    built = build_artifact.build(folder / "built", version_of(tools.lambda_python), wheels)
    _say("Starting S3, the functions, API Gateway and the CDN ...")
    with stack(built, tools, port=options.port or None) as running:
        if options.offline:
            _load_sample(running)
        else:
            _refresh_or_load_sample(running)
        _announce(running)
        _wait(running, refreshing=not options.offline)


def _refresh_or_load_sample(running: Stack) -> None:
    _say("Refreshing the catalog by the function that is scheduled (two minutes or less) ...")
    try:
        running.refresh.invoke({})
    except FunctionFailed as error:
        _say(f"Not refreshed: {error}")
        _load_sample(running)


def _load_sample(running: Stack) -> None:
    _say("Storing the bundled sample.")
    seaweed = running.seaweed
    address, client = (
        S3Location.parse(STORE, seaweed.region, seaweed.endpoint_url),
        seaweed.client(),
    )
    keeper = SnapshotRepository(
        Boto3Store(address, client), Boto3Archive(address, client), _never, lambda: ""
    )
    load_sample(keeper, markdown_renderer())


def _never(_seconds: float) -> None:
    """Nobody else writes to this store: there is nothing to wait for."""


def _announce(running: Stack) -> None:
    _say(
        f"CDN           {running.cdn.url}/{_EXAMPLE}",
        f"API Gateway   {running.gateway}/{_EXAMPLE}",
        f"render        {running.render.invocations_url}",
        f"refresh       {running.refresh.invocations_url}",
        f"S3            {running.seaweed.endpoint_url}, {STORE}",
        "To read it    "
        f"AWS_ENDPOINT_URL_S3={running.seaweed.endpoint_url} "
        f"AWS_ACCESS_KEY_ID={running.seaweed.access_key} "
        f"AWS_SECRET_ACCESS_KEY={running.seaweed.secret_key} AWS_REGION={running.seaweed.region}",
        "Ctrl-C stops all of it.",
    )


def _wait(running: Stack, refreshing: bool) -> None:
    pause = threading.Event()
    while not pause.wait(REFRESH_SECONDS):
        if refreshing:
            try:
                running.refresh.invoke({})
            except FunctionFailed as error:
                _say(f"Not refreshed: {error}")


def _say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
