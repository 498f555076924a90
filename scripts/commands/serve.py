"""Serves the site on this machine: the application that is deployed, over an embedded store."""

import argparse
import os
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn

from handler.adapters.openrouter.models import ModelListFile
from handler.adapters.storage.file_store import FileStore
from handler.asgi import create_asgi_app
from handler.bootstrap.refresh import (
    live_sources,
    local_snapshot_repository,
    markdown_renderer,
    snapshot_repository,
)
from handler.bootstrap.render import create_site
from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.diff import CatalogDiff
from handler.domain.catalog.provenance import LIST
from handler.domain.errors import BurgeeError, InvalidSnapshot, SnapshotMissing
from handler.domain.ingest.sanity_checks import SanityLimits
from handler.domain.snapshot import codec
from handler.services.refresh import Sources, refresh_catalog
from handler.settings import Settings
from scripts.lib.paths import DEFAULT_STORE, STORED_LABEL, observed_at
from scripts.sample_data.load import SAMPLE_LABEL, load_sample

REFRESH_SECONDS = 15 * 60
_TROUBLES_SHOWN = 3
_EXAMPLES = ("nousresearch/hermes-4-405b", "openrouter/auto", "google/gemini-2.5-pro")


def main(arguments: Sequence[str]) -> int:
    """Serve until interrupted, and return the exit status."""
    options = _parsed(arguments)
    # Both signals end it alike, with what it cleans up behind itself.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with ExitStack() as cleanup:
            folder = options.store or _default_store(options, cleanup)
            store = FileStore(folder)
            catalog = _catalog(options, folder)
            listener = _listener(options.host, options.port)
            _announce(catalog, folder, address := _address(options.host, listener))
            if not options.offline and not options.catalog:
                threading.Thread(target=_keep_fresh, args=(folder,), daemon=True).start()
            site = create_site(store, os.environ.get("SITE_URL") or address)
            config = uvicorn.Config(
                create_asgi_app(site), lifespan="off", log_level="warning", access_log=False
            )
            uvicorn.Server(config).run(sockets=[listener])
    except (BurgeeError, OSError) as error:
        print(f"Cannot serve: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
    return 0


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="default: %(default)s")
    parser.add_argument(
        "--port", type=int, default=8000, help="0 for any that is free; default: %(default)s"
    )
    parser.add_argument(
        "--catalog",
        type=Path,
        metavar="FILE",
        help="serve this stored list of models, and ask no other source",
    )
    parser.add_argument(
        "--store",
        type=Path,
        metavar="DIR",
        help="the folder of the snapshot (default: .burgee/store, or with --catalog a new one)",
    )
    parser.add_argument("--offline", action="store_true", help="ask nothing of the network")
    return parser.parse_args(arguments)


def _default_store(options: argparse.Namespace, cleanup: ExitStack) -> Path:
    if options.catalog:
        return Path(cleanup.enter_context(TemporaryDirectory(prefix="burgee-")))
    return DEFAULT_STORE


def _catalog(options: argparse.Namespace, folder: Path) -> Catalog:
    """Return what will be served: the file that was named, else what is stored, else the sample."""
    store, keeper = FileStore(folder), local_snapshot_repository(folder)
    render = markdown_renderer()
    if options.catalog:
        source, as_of = ModelListFile(options.catalog, STORED_LABEL), observed_at(options.catalog)
        found = refresh_catalog(Sources(source), keeper, render, as_of, None, lambda _step: None)
        for reason in found.skipped_records:
            print(f"Set aside: {reason}", file=sys.stderr)
        return codec.decode(store.read().body)
    try:
        return codec.decode(store.read().body)
    except SnapshotMissing:
        print("The store is empty: starting from the bundled sample.")
    except InvalidSnapshot as error:
        print(f"Starting from the bundled sample: {error}")
    load_sample(keeper, render)
    return codec.decode(store.read().body)


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        raise OSError(f"{host}:{port}: {error.strerror}; --port 0 finds a free one") from error
    # Handed down to each connection: without it a kept one waits 40 ms for every page.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _address(host: str, listener: socket.socket) -> str:
    local = host in ("0.0.0.0", "::", "127.0.0.1")  # noqa: S104 - compared
    shown = "localhost" if local else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listener.getsockname()[1]}"


def _announce(catalog: Catalog, folder: Path, address: str) -> None:
    ids = {entry.id for entry in catalog.entries}
    examples = [i for i in _EXAMPLES if i in ids] or [e.id for e in catalog.entries[:3]]
    count = sum(not entry.withdrawn for entry in catalog.entries)
    print(
        f"{count} model{'' if count == 1 else 's'} from {catalog.list_source.label}, as of "
        f"{catalog.as_of:%Y-%m-%d %H:%M} UTC, kept in {folder}",
        f"Burgee is at {address}/ — for example",
        *(f"  {address}/{model_id}" for model_id in examples),
        "Ctrl-C stops it.",
        sep="\n",
        flush=True,
    )


def _keep_fresh(folder: Path) -> None:
    """Refresh from the network now and then; a failure leaves what is stored."""
    pause = threading.Event()
    while True:
        _refresh_once(folder)
        pause.wait(REFRESH_SECONDS)


def _refresh_once(folder: Path) -> None:
    settings = Settings.from_env({**os.environ, "BURGEE_STORE": str(folder)})
    keeper = snapshot_repository(settings)
    # The sample is only as young as this checkout: it may differ from today's list by any amount.
    is_sample = keeper.load().sources[LIST].label.startswith(SAMPLE_LABEL)
    gates = None if is_sample else SanityLimits(**settings.sanity_limits)
    sources, render = live_sources(settings), markdown_renderer()
    try:
        found = refresh_catalog(sources, keeper, render, datetime.now(UTC), gates, lambda _: None)
    except BurgeeError as error:
        print(f"Not refreshed from the network, serving what is stored: {error}", flush=True)
        return
    counts = ((name, len(getattr(found.changes, name))) for name in CatalogDiff._fields)
    changes = ", ".join(f"{count} {name}" for name, count in counts)
    print(f"RefreshResult from the network: {changes}. Pages follow within a minute.", flush=True)
    for trouble in found.warnings[:_TROUBLES_SHOWN]:
        print(f"  but {trouble}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
