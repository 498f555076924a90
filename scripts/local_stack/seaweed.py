"""A real S3 server: SeaweedFS, which checks signatures and supports conditional writes."""

import json
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from scripts.local_stack.processes import LOOPBACK, ServerProcess, free_ports, run_server
from scripts.local_stack.seaweed_options import (
    Certificate,
    Identity,
    Ports,
    identities_config,
    remove_sockets,
    server_options,
    tls_options,
    weed_binary,
)

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_ADMIN = "admin"
_START_SECONDS = 60.0
_POLL_SECONDS = 0.1


class SeaweedS3:
    """An S3 endpoint on the loopback address. It starts empty; its data is deleted at exit.

    `identities` maps names to the actions that each may do. The admin, always there, may do all.
    `Read:bucket/key` needs a trailing asterisk even for that one key. With a certificate, S3
    is served over TLS too.
    """

    region = "us-east-1"

    def __init__(
        self,
        identities: Mapping[str, Sequence[str]] | None = None,
        certificate: Certificate | None = None,
    ) -> None:
        limited = {name: Identity(tuple(actions)) for name, actions in (identities or {}).items()}
        self._identities = {_ADMIN: Identity(("Admin",)), **limited}
        self._certificate = certificate
        self._ports = Ports(*free_ports(9))
        self._resources = ExitStack()
        self._server = ExitStack()
        self._folder = Path()

    @property
    def endpoint_url(self) -> str:
        """The URL of S3, for AWS_ENDPOINT_URL_S3."""
        return f"http://{LOOPBACK}:{self._ports.s3}"

    @property
    def secure_endpoint_url(self) -> str:
        """The URL of S3 over TLS, if there is a certificate."""
        return f"https://{LOOPBACK}:{self._ports.s3_tls}"

    @property
    def access_key(self) -> str:
        """The admin's access key."""
        return self.identity(_ADMIN).access_key

    @property
    def secret_key(self) -> str:
        """The admin's secret key."""
        return self.identity(_ADMIN).secret_key

    def identity(self, name: str) -> Identity:
        """Return an identity, with its keys, by its name."""
        return self._identities[name]

    def client(self, identity: str = _ADMIN) -> "S3Client":
        """Return a boto3 client with an identity's keys. It does not retry, and uses no proxy."""
        keys = self.identity(identity)
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint_url,
            region_name=self.region,
            aws_access_key_id=keys.access_key,
            aws_secret_access_key=keys.secret_key,
            config=Config(
                proxies={},
                connect_timeout=5,
                read_timeout=10,
                retries={"total_max_attempts": 1},
                s3={"addressing_style": "path"},
            ),
        )

    def create_bucket(self, name: str) -> None:
        """Create a bucket. Its name needs 3 to 63 characters."""
        self.client().create_bucket(Bucket=name)

    @contextmanager
    def outage(self) -> Iterator[None]:
        """Stop the server for a block, then start it again on the same port with its data."""
        self._server.close()
        yield
        self._start()

    def __enter__(self) -> Self:
        with ExitStack() as resources:
            resources.callback(remove_sockets, self._ports)
            folder = resources.enter_context(tempfile.TemporaryDirectory(prefix="seaweed-"))
            self._folder = Path(folder)
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
            server = starting.enter_context(self._run_in(self._folder))
            self._wait_until_ready(server)
            self._server = starting.pop_all()

    def _run_in(self, folder: Path) -> AbstractContextManager[ServerProcess]:
        identities = folder / "identities.json"
        identities.write_text(json.dumps(identities_config(self._identities)))
        data = folder / "data"
        data.mkdir(exist_ok=True)
        return run_server(
            [
                weed_binary(),
                *server_options(self._ports, data, identities),
                *tls_options(self._ports, self._certificate),
            ],
            port=self._ports.s3,
            log_file=folder / "log",
            # The home directory could have a configuration of the developer's own.
            environment={"HOME": str(folder), "TMPDIR": str(folder)},
            folder=folder,
            within_seconds=_START_SECONDS,
        )

    def _wait_until_ready(self, server: ServerProcess) -> None:
        """Wait for the storage, which becomes ready later than the port."""
        deadline = time.monotonic() + _START_SECONDS
        client = self.client()
        while True:
            try:
                client.list_buckets()
                return
            except (BotoCoreError, ClientError) as error:
                if time.monotonic() > deadline:
                    raise server.failure(f"S3 did not become ready: {error}") from error
                time.sleep(_POLL_SECONDS)
