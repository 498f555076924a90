"""Serves the site on this machine: the deployed application, with the snapshot in a folder."""

import argparse
import errno
import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn

from handler.adapters.openrouter.models import ModelListFile
from handler.asgi import create_asgi_app
from handler.bootstrap.refresh import local_snapshot_repository, local_store, markdown_renderer
from handler.bootstrap.render import create_site_from_env
from handler.domain.catalog.catalog import Catalog
from handler.domain.errors import BurgeeError, InvalidSnapshot, SettingsError, SnapshotMissing
from handler.domain.snapshot.decode import decode_whole
from handler.services.refresh import refresh_catalog
from handler.services.sources import Sources
from handler.settings import Settings
from handler.web.site import Site
from scripts.lib.background_refresh import start_background_refresh
from scripts.lib.command_line import create_parser, run
from scripts.lib.list_files import STORED_LABEL, observed_at
from scripts.lib.network import network_from_env
from scripts.lib.numbers import parse_port
from scripts.lib.paths import default_store
from scripts.lib.stop_signals import StopSignals
from scripts.sample_data.load import load_sample

_EXAMPLES = ("nousresearch/hermes-4-405b", "openrouter/auto", "google/gemini-2.5-pro")


def main(arguments: Sequence[str]) -> int:
    """Serve until interrupted, and return the exit status. Raises SettingsError."""
    options = _parse_arguments(arguments)
    stop = StopSignals()
    stop.listen()
    try:
        with ExitStack() as cleanup:
            folder = _find_folder(options, cleanup)
            network = network_from_env()
            settings = Settings.from_env(_environment(folder))
            catalog = _prepare_catalog(options, folder)
            listener = cleanup.enter_context(_listen(options.host, options.port))
            url = _local_url(options.host, listener)
            server = _create_server(create_site_from_env(_environment(folder, url)))
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, server.handle_exit)
            stop.check()
            _announce(catalog, folder, url)
            if not options.offline and not options.catalog:
                start_background_refresh(settings, network)
            server.run(sockets=[listener])
    except SettingsError:
        raise
    except (BurgeeError, OSError) as error:
        print(f"Cannot serve: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    print("Stopped.", flush=True)
    return 0


def _create_server(site: Site) -> uvicorn.Server:
    application = create_asgi_app(site)
    return uvicorn.Server(
        uvicorn.Config(application, lifespan="off", log_level="warning", access_log=False)
    )


def _parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = create_parser("serve", __doc__)
    parser.add_argument("--host", default="127.0.0.1", help="default: %(default)s")
    parser.add_argument(
        "--port", type=parse_port, default=8000, help="0 for any free port; default: %(default)s"
    )
    parser.add_argument(
        "--catalog",
        type=Path,
        metavar="FILE",
        help="serve this stored model list, and fetch nothing",
    )
    parser.add_argument(
        "--store",
        metavar="DIR",
        help="folder of the snapshot (default: BURGEE_STORE, else .burgee/store; with --catalog, a "
        "temporary one)",
    )
    parser.add_argument("--offline", action="store_true", help="do not use the network")
    return parser.parse_args(arguments)


def _find_folder(options: argparse.Namespace, cleanup: ExitStack) -> Path:
    """Return the folder of the snapshot. Raises SettingsError for a store that is none."""
    if options.catalog and not options.store:
        return Path(cleanup.enter_context(TemporaryDirectory(prefix="burgee-")))
    store = options.store or default_store()
    if store.startswith("s3://"):
        # It would be filled and refreshed like a folder, beside the functions that do so.
        raise SettingsError(f"the store is {store}: scripts/serve needs a folder, --store DIR")
    return Path(store)


def _environment(folder: Path, url: str = "") -> dict[str, str]:
    """Return the settings of the environment, completed for this machine."""
    site_url = os.environ.get("SITE_URL") or url
    return {**os.environ, "BURGEE_STORE": str(folder), "SITE_URL": site_url}


def _prepare_catalog(options: argparse.Namespace, folder: Path) -> Catalog:
    """Fill the store if necessary, and return its catalog.

    It is the list of --catalog if there is one, else the stored catalog, else the sample.
    """
    store = local_store(folder)
    if options.catalog:
        _load_list(options.catalog, folder)
        return decode_whole(store.read().body)
    try:
        return decode_whole(store.read().body)
    except SnapshotMissing:
        print("The store is empty: starting from the bundled sample.")
    except InvalidSnapshot as error:
        print(f"Starting from the bundled sample: {error}")
    load_sample(local_snapshot_repository(folder), markdown_renderer())
    return decode_whole(store.read().body)


def _load_list(path: Path, folder: Path) -> None:
    repository, renderer = local_snapshot_repository(folder), markdown_renderer()
    sources, as_of = Sources(ModelListFile(path, STORED_LABEL)), observed_at(path)
    result = refresh_catalog(sources, repository, renderer, as_of, None, lambda _step: None)
    for reason in result.skipped_records:
        print(f"Skipped: {reason}", file=sys.stderr)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        hint = "; --port 0 finds a free one" if error.errno == errno.EADDRINUSE else ""
        raise OSError(f"{host}:{port}: {error.strerror}{hint}") from error
    # Connections inherit it. Without it, each response on a kept-alive connection waits 40 ms.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _local_url(host: str, listener: socket.socket) -> str:
    is_local = host in ("0.0.0.0", "::", "127.0.0.1")  # noqa: S104 - compared
    name = "localhost" if is_local else f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}"


def _announce(catalog: Catalog, folder: Path, url: str) -> None:
    examples = [i for i in _EXAMPLES if i in catalog] or list(islice(catalog.index.ids(), 3))
    count = catalog.listed_count
    print(
        f"{count} model{'' if count == 1 else 's'} from {catalog.list_source.label}, as of "
        f"{catalog.as_of:%Y-%m-%d %H:%M} UTC, stored in {folder}",
        f"Burgee is at {url}/, for example:",
        *(f"  {url}/{model_id}" for model_id in examples),
        "Ctrl-C stops it.",
        sep="\n",
        flush=True,
    )


if __name__ == "__main__":
    run(main)
