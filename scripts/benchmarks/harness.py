"""The bench: every side installed, the catalogs on S3 behind TLS, and ways to start a side."""

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from scripts.benchmarks.candidates import digest_of, installed
from scripts.benchmarks.fixtures.catalogs import EXAMPLE, SizedCatalog, sized_catalog
from scripts.benchmarks.fixtures.http_event import http_event
from scripts.benchmarks.fixtures.tls import Trust, trust_in
from scripts.benchmarks.results import OURS, NotMeasured
from scripts.local_stack.seaweed import SeaweedS3

PROBES = Path(__file__).with_name("probes")
SIZES = (421, 10_000, 100_000)
USUAL = SIZES[0]
PAGE = f"/{EXAMPLE}"
CARD = f"/{EXAMPLE}/card.png"

_BUCKET = "bench"
_STORED_PAGE = "page.html"


@dataclass(frozen=True, slots=True)
class Tools:
    """The interpreter that runs every side, and the Lambda emulator if there is one."""

    python: Path
    emulator: Path | None


@dataclass(frozen=True, slots=True)
class ColdStart:
    """What one cold process took: to the first byte of its answer, and of memory at its peak."""

    milliseconds: float
    megabytes: float


class Bench:
    """What the parts measure with."""

    def __init__(
        self,
        tools: Tools,
        place: Path,
        seaweed: SeaweedS3,
        trust: Trust,
        folder: Path,
        listed: Path | None,
    ) -> None:
        self.tools = tools
        self.listed = listed
        self.sides = installed(place, tools.python)
        self._catalogs = self.sides[OURS].folder.parent
        if listed:
            self._catalogs /= digest_of(listed)
            self._catalogs.mkdir(exist_ok=True)
        self._seaweed = seaweed
        self._trust = trust
        self._folder = folder
        self._stored: set[int] = set()
        self._stores = 0

    def catalog(self, models: int = USUAL) -> SizedCatalog:
        """Return a catalog of so many models, which is on S3 as well from now on."""
        catalog = sized_catalog(self._catalogs, models, self.listed)
        if models not in self._stored:
            self._stored.add(models)
            self._put(f"{models}/catalog.jsonl.gz", catalog.snapshot.read_bytes())
            self._put(f"{models}/list.json", catalog.listed.read_bytes())
        return catalog

    def environment(self, name: str, models: int = USUAL) -> dict[str, str]:
        """Return the whole environment of a side's processes."""
        self.catalog(models)
        return {
            "AWS_ACCESS_KEY_ID": self._seaweed.access_key,
            "AWS_SECRET_ACCESS_KEY": self._seaweed.secret_key,
            "AWS_REGION": self._seaweed.region,
            "AWS_DEFAULT_REGION": self._seaweed.region,
            "AWS_ENDPOINT_URL_S3": self._seaweed.secure_endpoint_url,
            "AWS_CA_BUNDLE": str(self._trust.bundle),
            "SSL_CERT_FILE": str(self._trust.bundle),
            "BURGEE_STORE": f"s3://{_BUCKET}/{models}",
            "BUCKET": _BUCKET,
            "LIST": f"{models}/list.json",
            "PAGE": _STORED_PAGE,
            "PAGE_FILE": str(self._folder / _STORED_PAGE),
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "PYTHONPATH": f"{self.sides[name].folder}:{PROBES}",
        }

    def command(self, probe: str, *arguments: str, interpreter: tuple[str, ...] = ()) -> list[str]:
        """Return the command that starts a probe."""
        return [str(self.tools.python), "-P", *interpreter, str(PROBES / probe), *arguments]

    def cold(self, name: str, path: str, models: int = USUAL) -> ColdStart:
        """Return what a new process of a side takes for its first answer."""
        milliseconds, output = self._first_answer(name, path, models)
        return ColdStart(milliseconds, int(output.split()[-1]) / 1024)

    def keep_page(self) -> None:
        """Store our own page, for the floor to pass through and the constant to answer."""
        _, output = self._first_answer(OURS, PAGE, USUAL)
        page = output.rstrip(b"\n").rpartition(b"\n")[0]
        self._put(_STORED_PAGE, page)
        (self._folder / _STORED_PAGE).write_bytes(page)

    def new_store(self) -> str:
        """Return the address of a store that has nothing in it yet."""
        self._stores += 1
        return f"s3://{_BUCKET}/new-{self._stores}"

    def event_file(self, path: str) -> str:
        """Return where the event of a path is, for a probe to read."""
        file = self._folder / f"{path.strip('/').replace('/', '-')}.json"
        file.write_text(json.dumps(http_event(path)), "utf-8")
        return str(file)

    def _first_answer(self, name: str, path: str, models: int) -> tuple[float, bytes]:
        """Return the milliseconds to the first byte of a cold answer, and all of the output."""
        side = self.sides[name]
        command = self.command("cold.py", side.module, self.event_file(path))
        environment = self.environment(name, models)
        started = perf_counter()
        with subprocess.Popen(
            command, cwd=side.folder, env=environment, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout  # noqa: S101 - it was asked for
            first = process.stdout.read(1)
            milliseconds = (perf_counter() - started) * 1000
            rest = process.stdout.read()
        if process.returncode or not first:
            raise NotMeasured(f"{name} did not answer {path}: its error is above")
        return milliseconds, first + rest

    def _put(self, key: str, body: bytes) -> None:
        self._seaweed.client().put_object(Bucket=_BUCKET, Key=key, Body=body)


@contextmanager
def bench(tools: Tools, place: Path, listed: Path | None) -> Iterator[Bench]:
    """Run the servers of a bench until the block ends; what is built stays in the place.

    Catalogs are made from a stored list of models, None for the sample's.
    """
    with ExitStack() as parts:
        folder = Path(parts.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        trust = trust_in(folder)
        seaweed = parts.enter_context(SeaweedS3(certificate=trust.server))
        seaweed.create_bucket(_BUCKET)
        made = Bench(tools, place, seaweed, trust, folder, listed)
        made.keep_page()
        yield made
