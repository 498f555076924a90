"""The deployment on this machine: S3, both functions as they are built, API Gateway and the CDN."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.local_stack.lambda_emulator import LambdaEmulator
from scripts.local_stack.nginx import Cdn, cdn
from scripts.local_stack.processes import LOOPBACK, free_ports, running
from scripts.local_stack.seaweed import SeaweedS3

BUCKET = "burgee-catalog"
PREFIX = "catalog"
STORE = f"s3://{BUCKET}/{PREFIX}"

_ROOT = Path(__file__).resolve().parents[2]
_GATEWAY = Path(__file__).with_name("gateway.py")
_SNAPSHOT = f"{BUCKET}/{PREFIX}/catalog.jsonl.gz*"
# What the roles of template.yaml allow, in SeaweedFS's words.
_MAY = {
    "render": (f"Read:{_SNAPSHOT}",),
    "refresh": (f"Read:{_SNAPSHOT}", f"Write:{_SNAPSHOT}", f"Write:{BUCKET}/{PREFIX}/raw/*"),
}


@dataclass(frozen=True)
class Tools:
    """The programs that a stack is run by."""

    emulator: Path
    lambda_python: Path
    sam_python: Path
    nginx: Path


@dataclass(frozen=True)
class Stack:
    """A running deployment. `cdn` is where visitors come in, `gateway` what stands behind it."""

    seaweed: SeaweedS3
    render: LambdaEmulator
    refresh: LambdaEmulator
    gateway: str
    cdn: Cdn
    environments: Mapping[str, Mapping[str, str]]


@contextmanager
def stack(
    artefact: Path, tools: Tools, port: int | None = None, sources: Mapping[str, str] | None = None
) -> Iterator[Stack]:
    """Run a deployment with an empty bucket until the block ends.

    The CDN listens on `port`, or on any that is free. `sources` are settings of the refresh
    function, such as OPENROUTER_URL.
    """
    gateway_port, free = free_ports(2)
    address = f"http://{LOOPBACK}:{port or free}"
    with ExitStack() as parts:
        seaweed = parts.enter_context(SeaweedS3(_MAY))
        seaweed.create_bucket(BUCKET)
        seaweed.client().put_bucket_versioning(
            Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"}
        )
        render_environment = _environment(seaweed, "render", address)
        refresh_environment = _environment(seaweed, "refresh", address) | dict(sources or {})
        render, refresh = (
            parts.enter_context(
                LambdaEmulator(
                    artefact,
                    f"handler.{name}.lambda_handler",
                    environment,
                    tools.emulator,
                    tools.lambda_python,
                )
            )
            for name, environment in (
                ("render", render_environment),
                ("refresh", refresh_environment),
            )
        )
        api = parts.enter_context(_gateway(tools.sam_python, render, gateway_port))
        front = parts.enter_context(cdn(api, tools.nginx, port or free))
        environments = {"render": render_environment, "refresh": refresh_environment}
        yield Stack(seaweed, render, refresh, api, front, environments)


@contextmanager
def _gateway(python: Path, render: LambdaEmulator, port: int) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="gateway-") as folder:
        command: list[str | Path] = [
            python,
            "-P",
            _GATEWAY,
            "--template",
            _ROOT / "template.yaml",
            "--host",
            LOOPBACK,
            "--port",
            str(port),
            "--function",
            f"RenderFunction={render.invocations_url}",
        ]
        with running(
            command,
            port=port,
            log_file=Path(folder) / "log",
            # SAM looks for credentials and for news of itself otherwise, and writes into the home.
            environment={
                "AWS_ACCESS_KEY_ID": "unused",
                "AWS_SECRET_ACCESS_KEY": "unused",
                "AWS_DEFAULT_REGION": SeaweedS3.region,
                "SAM_CLI_TELEMETRY": "0",
                "HOME": folder,
                "PATH": "/usr/local/bin:/usr/bin:/bin",
            },
            folder=Path(folder),
            within_seconds=60.0,
        ):
            yield f"http://{LOOPBACK}:{port}"


def _environment(seaweed: SeaweedS3, role: str, site_url: str) -> dict[str, str]:
    """Return what the template sets for a function, with the keys of an identity like its role."""
    who = seaweed.identity(role)
    return {
        "BURGEE_STORE": STORE,
        "SITE_URL": site_url,
        "AWS_ACCESS_KEY_ID": who.access_key,
        "AWS_SECRET_ACCESS_KEY": who.secret_key,
        "AWS_ENDPOINT_URL_S3": seaweed.endpoint_url,
        "AWS_LAMBDA_FUNCTION_NAME": f"burgee-{role}",
        "AWS_LAMBDA_LOG_FORMAT": "JSON",
        "AWS_LAMBDA_LOG_LEVEL": "INFO",
    }
