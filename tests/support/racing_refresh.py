"""Refreshes from numbered model lists, to race or to kill: each list leaves its own trace."""

from datetime import timedelta

from handler.bootstrap.refresh import markdown_renderer
from handler.services.refresh import refresh_catalog
from handler.services.snapshot_repository import SnapshotRepository
from handler.services.sources import Sources
from scripts.sample_data.load import SampleDataset
from tests.support.builders import AS_OF, record

MODELS = 12


def numbered_price(number: int) -> str:
    return f"0.{number:06d}1"


def numbered_list(number: int) -> SampleDataset:
    """Return a list with one price and one model that no other list has."""
    records = [record(f"a/{n}", pricing={"prompt": numbered_price(1)}) for n in range(MODELS)]
    records[0] = record("a/0", pricing={"prompt": numbered_price(number + 2)})
    return SampleDataset("racing", [*records, record(f"only/{number}")], "")


def refresh(repository: SnapshotRepository, number: int) -> None:
    as_of = AS_OF + timedelta(minutes=number)
    sources = Sources(numbered_list(number))
    refresh_catalog(sources, repository, markdown_renderer(), as_of, None, lambda _step: None)
