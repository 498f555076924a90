"""nginx as the CDN: a shared cache that stores, collapses and forwards like the distribution.

Its behaviours and their query parameters are those of template.yaml. Four differences from
CloudFront remain: nginx sends a HEAD that it has not cached to the origin as GET, a collapsed
request polls for the cached copy twice a second, only the first ten parameters that a policy does
not list are left out, and `stale-if-error` lets nginx replace a 403, 404 or 429 by the old page,
which CloudFront does for 5xx alone.
"""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from scripts.local_stack.distribution import (
    DEFAULT_PATTERN,
    Behaviour,
    pattern_regex,
    read_behaviours,
)
from scripts.local_stack.processes import LOOPBACK, free_port, run_server

# Debian installs it into a folder that is not on the PATH of ordinary users.
_PATHS = ("nginx", "/usr/sbin/nginx")

# A busy machine is slower than Lambda, and not every test should fail for that.
_READ_SECONDS = 12
_MAX_REMOVED_PARAMETERS = 10

_CONFIGURATION = Template("""\
$user
daemon off;
pid $folder/pid;
error_log stderr error;
worker_processes 1;
worker_rlimit_nofile 8192;
events { worker_connections 4096; }
http {
  log_format exchange '$$sent_method $$request_uri $$status $$upstream_cache_status';
  access_log $folder/access.log exchange;
  client_body_temp_path $folder/body;
  proxy_temp_path $folder/proxy;
  fastcgi_temp_path $folder/fastcgi;
  uwsgi_temp_path $folder/uwsgi;
  scgi_temp_path $folder/scgi;

  proxy_cache_path $folder/cache keys_zone=cdn:10m inactive=7d use_temp_path=off;
  map $$http_accept_encoding $$encoding { default identity; ~*gzip gzip; }
  map $$request $$sent_method { ~^(?<method>[A-Z]+) $$method; }
  # The path as received: nginx would normalize it.
  map $$request_uri $$sent_path { ~^(?<path>[^?]*) $$path; }
$behaviours
$queries
$preflights
  map "$$request_method $$has_preflight" $$is_refused { default 1; ~^(GET|HEAD) 0; "OPTIONS 1" 0; }
  # CloudFront caches no other statuses of the client's own fault.
  map $$upstream_status $$is_uncached { default 0; ~^4(?!00|03|04|05|12|14|15) 1; }
  upstream origin { server $origin; }

  server {
    listen unix:$folder/cache.socket backlog=2048;
    if ($$is_refused) { return 403; }
    # nginx caches no OPTIONS. This redirect makes it a GET here, and not to the origin.
    error_page 418 = /-preflight;
    if ($$request_method = OPTIONS) { return 418; }

    # Only the path, the listed query and whether gzip is accepted reach the origin.
    proxy_pass_request_headers off;
    proxy_set_header Host $origin;
    proxy_set_header Connection "";
    proxy_set_header Accept-Encoding $$encoding;
    proxy_set_header User-Agent "Amazon CloudFront";
    proxy_set_header X-Forwarded-For $$remote_addr;

    proxy_http_version 1.1;
    proxy_redirect off;
    proxy_connect_timeout 2s;
    proxy_read_timeout ${read_seconds}s;

    proxy_cache cdn;
    proxy_cache_key $$sent_path$$sent_query:$$encoding;
    # The key has everything that responses vary by; with Vary, nginx would store a copy for
    # every spelling of Accept-Encoding.
    proxy_ignore_headers Vary;
    proxy_no_cache $$is_uncached;
    proxy_cache_lock on;
    proxy_cache_lock_timeout 30s;
    proxy_cache_lock_age 30s;
    # Not "updating": that would ignore the limit that stale-while-revalidate sets.
    proxy_cache_background_update on;
    proxy_cache_use_stale error timeout invalid_header http_500 http_502 http_503 http_504;
    add_header X-Cache $$upstream_cache_status always;

    location / { proxy_pass http://origin$$sent_path$$sent_query; }
    location = /-preflight {
      internal;
      proxy_method OPTIONS;
      proxy_cache_key OPTIONS:$$sent_path$$sent_query:$$encoding;
      proxy_pass http://origin$$sent_path$$sent_query;
    }
  }

  # Visitors connect to this server, because nginx answers 416 to a range that cannot be satisfied,
  # which the origin ignores: the whole is then requested from the cache.
  server {
    listen $listen backlog=2048;
    server_tokens off;
    proxy_http_version 1.1;
    proxy_set_header Host $$http_host;
    proxy_set_header Connection "";
    proxy_read_timeout 90s;
    proxy_intercept_errors on;

    location / {
      proxy_pass http://unix:$folder/cache.socket;
      error_page 416 = @whole;
    }
    location @whole {
      max_ranges 0;
      proxy_set_header Host $$http_host;
      proxy_set_header Connection "";
      proxy_set_header Range "";
      proxy_pass http://unix:$folder/cache.socket;
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
def cdn(
    origin: str, nginx: Path, port: int | None = None, read_seconds: int = _READ_SECONDS
) -> Iterator[Cdn]:
    """Run an empty cache in front of an origin, http://host:port, until the block ends.

    It waits `read_seconds` for a response.
    """
    port = port or free_port()
    with tempfile.TemporaryDirectory(prefix="cdn-") as temporary:
        folder = Path(temporary)
        (folder / "nginx.conf").write_text(_configuration(folder, origin, port, read_seconds))
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


def _configuration(folder: Path, origin: str, port: int, read_seconds: int) -> str:
    behaviours = read_behaviours()
    return _CONFIGURATION.substitute(
        behaviours=_policy_map(behaviours),
        preflights=_preflight_map(behaviours),
        queries=_query_maps(behaviours),
        read_seconds=read_seconds,
        user=_user_line(),
        folder=folder,
        origin=urlsplit(origin).netloc,
        listen=f"{LOOPBACK}:{port}",
    )


def _user_line() -> str:
    """Return the `user` directive. By default root's workers run as a user without access here."""
    return f"user {pwd.getpwuid(0).pw_name};" if os.geteuid() == 0 else ""


def _policy_map(behaviours: Sequence[Behaviour]) -> str:
    """Return the map from a path to the cache policy of the first behaviour that matches it."""
    values = [each.policy for each in behaviours]
    return _path_map("$policy", behaviours, values)


def _preflight_map(behaviours: Sequence[Behaviour]) -> str:
    """Return the map from a path to whether its behaviour lets OPTIONS through: 1 or 0."""
    values = [str(int("OPTIONS" in each.methods)) for each in behaviours]
    return _path_map("$has_preflight", behaviours, values)


def _path_map(variable: str, behaviours: Sequence[Behaviour], values: Sequence[str]) -> str:
    """Return the map from a path to the value of the first behaviour that matches it."""
    lines = (
        f'    "~^{pattern_regex(each.pattern)}$" {value};'
        for each, value in zip(behaviours, values, strict=True)
        if each.pattern != DEFAULT_PATTERN
    )
    return _map_block("$sent_path", variable, values[-1], lines)


def _query_maps(behaviours: Sequence[Behaviour]) -> str:
    """Return the maps from a query to one without the parameters that its policy does not list.

    Each map removes one of them. The values between maps start with the policy's name.
    """
    policies = {each.policy: each.query for each in behaviours}
    steps = range(_MAX_REMOVED_PARAMETERS)
    removals = [f'    "{_unlisted(*each)}" $head$tail;' for each in policies.items() if each[1]]
    nothing = [f'    "~^{policy}[?]" "";' for policy, query in policies.items() if not query]
    kept = '    "~^[^?]+[?](?<kept>.+?)&?$" ?$kept;'
    return "\n".join(
        [
            _map_block('"$policy?$args"', "$query0", '"$policy?$args"', ()),
            *(_map_block(f"$query{n}", f"$query{n + 1}", f"$query{n}", removals) for n in steps),
            _map_block(f"$query{len(steps)}", "$sent_query", '""', [*nothing, kept]),
        ]
    )


def _unlisted(policy: str, names: Sequence[str]) -> str:
    listed = f"(?:{'|'.join(map(re.escape, names))})(?:[=&]|$)"
    return f"~^(?<head>{policy}[?](?:[^&]*&)*?)(?!{listed})[^&]+(?:&(?<tail>.*))?$"


def _map_block(source: str, variable: str, default: str, lines: Iterable[str]) -> str:
    return "\n".join([f"  map {source} {variable} {{", f"    default {default};", *lines, "  }"])
