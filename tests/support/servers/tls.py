"""The TLS end of a site, as CloudFront is one: HTTPS, and HTTP that leads to it."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from scripts.local_stack.processes import LOOPBACK, free_ports, run_server

HOST = "localhost"

_CONFIGURATION = Template("""\
daemon off;
pid $folder/pid;
error_log stderr error;
worker_processes 1;
events {}
http {
  access_log off;
  client_body_temp_path $folder/body;
  proxy_temp_path $folder/proxy;
  fastcgi_temp_path $folder/fastcgi;
  uwsgi_temp_path $folder/uwsgi;
  scgi_temp_path $folder/scgi;
  server {
    listen $loopback:$http;
    return 301 https://$host:$https$$request_uri;
  }
  server {
    listen $loopback:$https ssl;
    ssl_certificate $folder/certificate.pem;
    ssl_certificate_key $folder/key.pem;
    location / { proxy_pass $origin; proxy_redirect off; }
  }
}
""")


@dataclass(frozen=True)
class TlsEnd:
    """Both ports of the site at HOST, and the certificate that its clients have to trust."""

    http: int
    https: int
    certificate: Path


@contextmanager
def tls_end(origin: str, nginx: Path) -> Iterator[TlsEnd]:
    """Run a TLS end before http://host:port until the block ends."""
    http, https = free_ports(2)
    with TemporaryDirectory(prefix="tls-") as place:
        folder = Path(place)
        folder.chmod(0o755)
        _make_certificate(folder)
        (folder / "nginx.conf").write_text(
            _CONFIGURATION.substitute(
                folder=folder,
                loopback=LOOPBACK,
                http=http,
                https=https,
                host=HOST,
                origin=f"http://{urlsplit(origin).netloc}",
            )
        )
        options: list[str | Path] = ["-p", folder, "-e", "stderr", "-c", folder / "nginx.conf"]
        with run_server([nginx, *options], port=https, log_file=folder / "log"):
            yield TlsEnd(http, https, folder / "certificate.pem")


def _make_certificate(folder: Path) -> None:
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            f"/CN={HOST}",
            "-addext",
            f"subjectAltName=DNS:{HOST}",
            "-keyout",
            folder / "key.pem",
            "-out",
            folder / "certificate.pem",
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
