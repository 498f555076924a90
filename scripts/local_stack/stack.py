"""The deployment on this machine: S3, both functions as built, API Gateway and the CDN."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from handler.domain.snapshot.names import MARKER_NAME, OBJECT_NAME, OLDER_OBJECT_NAME
from scripts.lib.paths import ROOT
from scripts.local_stack.distribution import Throttle, read_throttle
from scripts.local_stack.lambda_emulator import LambdaEmulator
from scripts.local_stack.nginx import Cdn, cdn
from scripts.local_stack.processes import LOOPBACK, free_ports, run_server
from scripts.local_stack.seaweed import SeaweedS3

BUCKET = "burgee-catalog"
PREFIX = "catalog"
STORE = f"s3://{BUCKET}/{PREFIX}"

_API_GATEWAY = Path(__file__).with_name("api_gateway.py")
_API_GATEWAY_START_SECONDS = 60.0
_SNAPSHOT = f"{BUCKET}/{PREFIX}/{OBJECT_NAME}*"
_MARKER = f"{BUCKET}/{PREFIX}/{MARKER_NAME}*"
_READS_SNAPSHOTS = (f"Read:{_SNAPSHOT}", f"Read:{BUCKET}/{PREFIX}/{OLDER_OBJECT_NAME}*")
# The permissions of the roles in template.yaml, as SeaweedFS actions.
_PERMISSIONS = {
    "render": _READS_SNAPSHOTS,
    "refresh": (
        *_READS_SNAPSHOTS,
        f"Write:{_SNAPSHOT}",
        f"Read:{_MARKER}",
        f"Write:{_MARKER}",
        f"Write:{BUCKET}/{PREFIX}/raw/*",
    ),
}


@dataclass(frozen=True)
class Tools:
    """The programs that run a stack."""

    emulator: Path
    lambda_python: Path
    sam_python: Path
    nginx: Path


@dataclass(frozen=True)
class Stack:
    """A running deployment. Visitors use `cdn`; `gateway` is the URL of the API behind it."""

    seaweed: SeaweedS3
    render: LambdaEmulator
    refresh: LambdaEmulator
    gateway: str
    cdn: Cdn
    environments: Mapping[str, Mapping[str, str]]


@contextmanager
def run_stack(
    artifact: Path,
    tools: Tools,
    port: int | None = None,
    settings: Mapping[str, Mapping[str, str]] | None = None,
) -> Iterator[Stack]:
    """Run a deployment with an empty bucket until the block ends.

    The CDN listens on `port`, or on any free port. `settings` are those of a function by its role,
    such as OPENROUTER_URL of "refresh", beside those that say where its servers are.
    """
    gateway_port, free_port = free_ports(2)
    cdn_port = port or free_port
    with ExitStack() as resources:
        seaweed = resources.enter_context(_seaweed())
        environments = {
            role: _environment(seaweed, role, f"http://{LOOPBACK}:{cdn_port}")
            | dict((settings or {}).get(role, {}))
            for role in _PERMISSIONS
        }
        render, refresh = (
            resources.enter_context(
                LambdaEmulator(
                    artifact,
                    f"handler.{role}.lambda_handler",
                    environments[role],
                    tools.emulator,
                    tools.lambda_python,
                )
            )
            for role in ("render", "refresh")
        )
        api = resources.enter_context(api_gateway(tools.sam_python, render, gateway_port))
        front = resources.enter_context(cdn(api, tools.nginx, cdn_port))
        yield Stack(seaweed, render, refresh, api, front, environments)


@contextmanager
def _seaweed() -> Iterator[SeaweedS3]:
    with SeaweedS3(_PERMISSIONS) as seaweed:
        seaweed.create_bucket(BUCKET)
        seaweed.client().put_bucket_versioning(
            Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"}
        )
        yield seaweed


@contextmanager
def api_gateway(
    python: Path, render: LambdaEmulator, port: int, throttle: Throttle | None = None
) -> Iterator[str]:
    """Run the API in front of a function, and yield its URL. It throttles as the template says."""
    throttle = throttle or read_throttle()
    with tempfile.TemporaryDirectory(prefix="gateway-") as folder:
        command: list[str | Path] = [
            python,
            "-P",
            _API_GATEWAY,
            "--template",
            ROOT / "template.yaml",
            "--host",
            LOOPBACK,
            "--port",
            str(port),
            "--function",
            f"RenderFunction={render.invocations_url}",
            "--rate",
            str(throttle.rate),
            "--burst",
            str(throttle.burst),
        ]
        with run_server(
            command,
            port=port,
            log_file=Path(folder) / "log",
            # SAM CLI looks for credentials, sends telemetry and writes into the home directory.
            environment={
                "AWS_ACCESS_KEY_ID": "unused",
                "AWS_SECRET_ACCESS_KEY": "unused",
                "AWS_DEFAULT_REGION": SeaweedS3.region,
                "SAM_CLI_TELEMETRY": "0",
                "HOME": folder,
                "PATH": "/usr/local/bin:/usr/bin:/bin",
            },
            folder=Path(folder),
            within_seconds=_API_GATEWAY_START_SECONDS,
        ):
            yield f"http://{LOOPBACK}:{port}"


def _environment(seaweed: SeaweedS3, role: str, site_url: str) -> dict[str, str]:
    """Return what the template sets for a function, with the keys of its role's identity."""
    identity = seaweed.identity(role)
    return {
        "BURGEE_STORE": STORE,
        "SITE_URL": site_url,
        "AWS_ACCESS_KEY_ID": identity.access_key,
        "AWS_SECRET_ACCESS_KEY": identity.secret_key,
        "AWS_ENDPOINT_URL_S3": seaweed.endpoint_url,
        "AWS_LAMBDA_FUNCTION_NAME": f"burgee-{role}",
        "AWS_LAMBDA_LOG_FORMAT": "JSON",
        "AWS_LAMBDA_LOG_LEVEL": "INFO",
    }
