"""A certificate authority of one's own, and the TLS end of a server that it certifies."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest

from tests.support.servers.relay import relay

HOST = "localhost"

# Complete, so that no configuration of the machine takes part.
_CONFIGURATION = f"""
[req]
distinguished_name = name
prompt = no
[name]
CN = tests
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:FALSE
authorityKeyIdentifier = keyid
subjectAltName = DNS:{HOST}, IP:127.0.0.1
"""
_NEW_KEY = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
_COMMANDS = (
    f"req -x509 -config conf -extensions authority {_NEW_KEY} -days 2 -keyout ca.key -out ca.pem",
    f"req -new -config conf {_NEW_KEY} -keyout server.key -out server.csr",
    "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2"
    " -extfile conf -extensions server -out server.pem",
)


def make_authority(folder: Path) -> Path:
    """Return the certificate of a new authority. It certifies HOST by server.pem beside it."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    (folder / "conf").write_text(_CONFIGURATION)
    for command in _COMMANDS:
        arguments = ["openssl", *command.split()]
        subprocess.run(arguments, cwd=folder, check=True, capture_output=True, timeout=60)
    return folder / "ca.pem"


@contextmanager
def tls_server(origin: str, authority: Path) -> Iterator[str]:
    """Serve http://host:port over TLS until the block ends, and yield its https:// URL."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.with_name("server.pem"), authority.with_name("server.key"))
    place = urlsplit(origin)

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            with (
                suppress(OSError),  # a client that does not trust the certificate
                context.wrap_socket(self.request, server_side=True) as client,
                closing(socket.create_connection((place.hostname or "", place.port))) as server,
            ):
                relay(client, server)

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"https://{HOST}:{server.server_address[1]}"
        server.shutdown()
