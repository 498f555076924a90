"""nginx as the CDN: a shared cache that stores, collapses and forwards like the distribution.

Two differences from CloudFront cannot be avoided: nginx sends a HEAD that it has not cached to the
origin as GET, and a collapsed request polls for the cached copy twice a second.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from scripts.local_stack.processes import LOOPBACK, free_port, run_server

# Debian installs it into a folder that is not on the PATH of ordinary users.
_PATHS = ("nginx", "/usr/sbin/nginx")

_CONFIGURATION = Template("""\
$user
daemon off;
pid $folder/pid;
error_log stderr error;
worker_processes 1;
worker_rlimit_nofile 8192;
events { worker_connections 4096; }
http {
  log_format exchange '$$request_method $$request_uri $$status $$upstream_cache_status';
  access_log $folder/access.log exchange;
  client_body_temp_path $folder/body;
  proxy_temp_path $folder/proxy;
  fastcgi_temp_path $folder/fastcgi;
  uwsgi_temp_path $folder/uwsgi;
  scgi_temp_path $folder/scgi;

  proxy_cache_path $folder/cache keys_zone=cdn:10m inactive=7d use_temp_path=off;
  map $$http_accept_encoding $$encoding { default identity; ~*gzip gzip; }
  # The path as received: nginx would normalize it.
  map $$request_uri $$sent_path { ~^(?<path>[^?]*) $$path; }
  # The query string, only for paths whose pages read one.
  map $$request_uri $$sent_query {
    default "";
    "~^(?:/compare)?/(?:card[^/?]*[.]png)?(?<query>[?].+)$$" $$query;
    "~^/(?:models[.]csv|compare|api/[^?]*)(?<query>[?].+)$$" $$query;
    "~^[^?]*/(?:feed[.]xml|badge[.]svg)(?<query>[?].+)$$" $$query;
  }
  upstream origin { server $origin; }

  server {
    listen $listen backlog=2048;
    server_tokens off;
    if ($$request_method !~ ^(GET|HEAD)$$) { return 403; }

    location / {
      proxy_pass http://origin$$sent_path$$sent_query;
      proxy_http_version 1.1;
      proxy_redirect off;
      proxy_connect_timeout 2s;
      proxy_read_timeout 12s;

      # Only the path and whether gzip is accepted reach the origin.
      proxy_pass_request_headers off;
      proxy_set_header Host $origin;
      proxy_set_header Connection "";
      proxy_set_header Accept-Encoding $$encoding;
      proxy_set_header User-Agent "Amazon CloudFront";
      proxy_set_header X-Forwarded-For $$remote_addr;

      proxy_cache cdn;
      proxy_cache_key $$sent_path$$sent_query:$$encoding;
      # The key has everything that responses vary by; with Vary, nginx would store a copy for
      # every spelling of Accept-Encoding.
      proxy_ignore_headers Vary;
      proxy_cache_lock on;
      proxy_cache_lock_timeout 30s;
      proxy_cache_lock_age 30s;
      # Not "updating": that would ignore the limit that stale-while-revalidate sets.
      proxy_cache_background_update on;
      proxy_cache_use_stale error timeout invalid_header http_500 http_502 http_503 http_504;
      add_header X-Cache $$upstream_cache_status always;
    }
  }
}
""")


@dataclass(frozen=True)
class Cdn:
    """A running cache: its URL, its process id and its folder."""

    url: str
    pid: int
    _folder: Path

    @property
    def exchanges(self) -> list[str]:
        """The requests so far, in the form `GET /path?query 200 MISS`."""
        return (self._folder / "access.log").read_text().splitlines()


@contextmanager
def cdn(origin: str, nginx: Path, port: int | None = None) -> Iterator[Cdn]:
    """Run an empty cache in front of an origin, http://host:port, until the block ends."""
    port = port or free_port()
    with tempfile.TemporaryDirectory(prefix="cdn-") as temporary:
        folder = Path(temporary)
        (folder / "nginx.conf").write_text(_configuration(folder, origin, port))
        options: list[str | Path] = ["-p", folder, "-e", "stderr", "-c", folder / "nginx.conf"]
        with run_server([nginx, *options], port=port, log_file=folder / "log") as server:
            yield Cdn(f"http://{LOOPBACK}:{port}", server.pid, folder)


def find_nginx() -> str:
    """Return the path of an nginx that runs, "" if there is none."""
    paths = (shutil.which(name) for name in _PATHS)
    return next((path for path in paths if path and _runs(path)), "")


def _runs(path: str) -> bool:
    """Return whether the program runs: a shim on PATH may be found and still fail."""
    try:
        return subprocess.run([path, "-v"], capture_output=True).returncode == 0
    except OSError:
        return False


def _configuration(folder: Path, origin: str, port: int) -> str:
    return _CONFIGURATION.substitute(
        user=_user_line(),
        folder=folder,
        origin=urlsplit(origin).netloc,
        listen=f"{LOOPBACK}:{port}",
    )


def _user_line() -> str:
    """Return the `user` directive. By default root's workers run as a user without access here."""
    return f"user {pwd.getpwuid(0).pw_name};" if os.geteuid() == 0 else ""
