"""TLS on the loopback address: a certificate for it, and whom to trust."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import certifi

from scripts.benching.findings import NotMeasured
from scripts.stacking.seaweed import Certificate


@dataclass(frozen=True, slots=True)
class Trust:
    """A server's certificate, and a bundle of authorities that has it among those of the web."""

    server: Certificate
    bundle: Path


def trust_in(folder: Path) -> Trust:
    """Return a new certificate for 127.0.0.1, made in a folder.

    The bundle has the usual authorities too, as in Lambda: reading a hundred of them is part of
    every cold start.
    """
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    command = [
        *("openssl", "req", "-x509", "-nodes", "-days", "30", "-subj", "/CN=localhost"),
        *("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
        *("-addext", "subjectAltName=IP:127.0.0.1"),
        *("-keyout", str(made.key), "-out", str(made.certificate)),
    ]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotMeasured(f"openssl made no certificate for 127.0.0.1: {error}") from error
    bundle = folder / "bundle.pem"
    bundle.write_bytes(Path(certifi.where()).read_bytes() + made.certificate.read_bytes())
    return Trust(made, bundle)
