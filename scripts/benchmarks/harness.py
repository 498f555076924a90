"""The benchmark: all candidates, the catalogs on S3 behind TLS, and cold starts of a candidate."""

import json
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from scripts.benchmarks.candidates import Candidate, install_candidates
from scripts.benchmarks.fixtures.catalogs import EXAMPLE, SizedCatalog
from scripts.benchmarks.fixtures.http_event import http_event
from scripts.benchmarks.fixtures.tls import Trust, create_trust
from scripts.benchmarks.results import OURS, NotMeasured
from scripts.benchmarks.revision import Revision, build_revision
from scripts.benchmarks.stored_catalogs import StoredCatalogs
from scripts.lib.paths import ROOT
from scripts.lib.tools import LAMBDA_PYTHON
from scripts.local_stack import build_artifact
from scripts.local_stack.seaweed import SeaweedS3

PROBES = Path(__file__).with_name("probes")
SIZES = (421, 10_000, 100_000)
DEFAULT_SIZE = SIZES[0]
PAGE = f"/{EXAMPLE}"
CARD = f"/{EXAMPLE}/card.png"

_BUCKET = "bench"
_STORED_PAGE = "page.html"
_SITE_URL = "https://previews.example.org"


@dataclass(frozen=True, slots=True)
class Tools:
    """The interpreter that runs every candidate, and the Lambda emulator if there is one."""

    python: Path
    emulator: Path | None


@dataclass(frozen=True, slots=True)
class Sources:
    """A stored model list, None for that of the sample, and the revisions to compare with."""

    list_file: Path | None
    revisions: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ColdStart:
    """The time of one cold process up to the first byte of its response, and its peak memory."""

    milliseconds: float
    megabytes: float


class Bench:
    """Runs candidates over catalogs, for the suites.

    `sides` are the names of the candidates that are this repository: ours, then other revisions.
    """

    def __init__(
        self,
        tools: Tools,
        sources: Sources,
        install_folder: Path,
        seaweed: SeaweedS3,
        trust: Trust,
        folder: Path,
    ) -> None:
        self.tools = tools
        self.candidates = install_candidates(install_folder, tools.python)
        self._revisions = dict(_build_revisions(sources.revisions, install_folder, tools.python))
        for name, revision in self._revisions.items():
            self.candidates[name] = Candidate(revision.artifact, self.candidates[OURS].module)
        self.sides = (OURS, *self._revisions)
        self._seaweed = seaweed
        self._trust = trust
        self._folder = folder
        self._stores = 0
        self._catalogs = StoredCatalogs(
            self.candidates[OURS].folder.parent, sources.list_file, self._revisions, self._put
        )

    def catalog(self, models: int = DEFAULT_SIZE) -> SizedCatalog:
        """Return a catalog of that many models."""
        return self._catalogs.sized(models)

    def deployed_artifact(self, side: str) -> Path:
        """Return the artifact of a side for Lambda's processor, not for this machine's."""
        source = self._revisions[side].source if side in self._revisions else ROOT
        folder = self.candidates[side].folder.with_name("deployed")
        platforms = build_artifact.DEPLOYED_PLATFORMS
        return build_artifact.build(folder, LAMBDA_PYTHON, platforms, source)

    def environment(self, name: str, models: int = DEFAULT_SIZE) -> dict[str, str]:
        """Return the whole environment of a candidate's processes. Its catalog is on S3 by then."""
        ours = self._catalogs.upload(OURS, models)
        store = self._catalogs.upload(name, models) if name in self.sides else ours
        revision = self._revisions.get(name)
        site_url = {} if revision and not revision.has_site_url else {"SITE_URL": _SITE_URL}
        return {
            **site_url,
            "AWS_ACCESS_KEY_ID": self._seaweed.access_key,
            "AWS_SECRET_ACCESS_KEY": self._seaweed.secret_key,
            "AWS_REGION": self._seaweed.region,
            "AWS_DEFAULT_REGION": self._seaweed.region,
            "AWS_ENDPOINT_URL_S3": self._seaweed.secure_endpoint_url,
            "AWS_CA_BUNDLE": str(self._trust.bundle),
            "SSL_CERT_FILE": str(self._trust.bundle),
            "BURGEE_STORE": f"s3://{_BUCKET}/{store}",
            "BUCKET": _BUCKET,
            "LIST": f"{ours}/list.json",
            "PAGE": _STORED_PAGE,
            "PAGE_FILE": str(self._folder / _STORED_PAGE),
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "PYTHONPATH": f"{self.candidates[name].folder}:{PROBES}",
        }

    def command(self, probe: str, *arguments: str, interpreter: tuple[str, ...] = ()) -> list[str]:
        """Return the command that starts a probe. `interpreter` are options of Python."""
        return [str(self.tools.python), "-P", *interpreter, str(PROBES / probe), *arguments]

    def cold_start(self, name: str, path: str, models: int = DEFAULT_SIZE) -> ColdStart:
        """Start a new process of a candidate, and measure its first response."""
        milliseconds, output = self._first_response(name, path, models)
        return ColdStart(milliseconds, int(output.split()[-1]) / 1024)

    def store_page(self) -> None:
        """Store our own page, which the floor and the constant answer with."""
        _, output = self._first_response(OURS, PAGE, DEFAULT_SIZE)
        page = output.rstrip(b"\n").rpartition(b"\n")[0]
        self._put(_STORED_PAGE, page)
        (self._folder / _STORED_PAGE).write_bytes(page)

    def new_store(self) -> str:
        """Return the URL of a new, empty store."""
        self._stores += 1
        return f"s3://{_BUCKET}/new-{self._stores}"

    def event_file(self, path: str) -> str:
        """Return the file with the event of a path, for a probe to read."""
        file = self._folder / f"{path.strip('/').replace('/', '-')}.json"
        file.write_text(json.dumps(http_event(path)), "utf-8")
        return str(file)

    def _first_response(self, name: str, path: str, models: int) -> tuple[float, bytes]:
        """Return the milliseconds to the first byte of a cold response, and the whole output."""
        candidate = self.candidates[name]
        command = self.command("cold.py", candidate.module, self.event_file(path))
        environment = self.environment(name, models)
        started = perf_counter()
        with subprocess.Popen(
            command, cwd=candidate.folder, env=environment, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout  # noqa: S101 - it is a pipe
            first = process.stdout.read(1)
            milliseconds = (perf_counter() - started) * 1000
            rest = process.stdout.read()
        if process.returncode or not first:
            raise NotMeasured(f"{name} did not answer {path}: its error is above")
        return milliseconds, first + rest

    def _put(self, key: str, body: bytes) -> None:
        self._seaweed.client().put_object(Bucket=_BUCKET, Key=key, Body=body)


def _build_revisions(
    revisions: Sequence[str], folder: Path, python: Path
) -> Iterator[tuple[str, Revision]]:
    for revision in revisions:
        built = build_revision(folder, revision, python)
        yield built.name, built


@contextmanager
def run_bench(tools: Tools, sources: Sources, install_folder: Path) -> Iterator[Bench]:
    """Run the servers of a benchmark until the block ends. Candidates stay in `install_folder`."""
    with ExitStack() as resources:
        folder = Path(resources.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        trust = create_trust(folder)
        seaweed = resources.enter_context(SeaweedS3(certificate=trust.server))
        seaweed.create_bucket(_BUCKET)
        bench = Bench(tools, sources, install_folder, seaweed, trust, folder)
        bench.store_page()
        yield bench
