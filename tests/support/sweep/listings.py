"""Listings of models: the explorer, pages of authors, the CSV and the API's list."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from tests.support.refreshed_site import RefreshedSite
from tests.support.sweep.violations import Record, Violation, wrong_numbers, wrong_prices


def sweep_listings(
    site: RefreshedSite, summaries: list[dict[str, Any]], records: Mapping[str, Record]
) -> Iterator[Violation]:
    """Yield what is wrong in rows; `summaries` are those of the API, `records` are by id."""
    raws = {model_id: record["openrouter_raw"] for model_id, record in records.items()}
    for summary in summaries:
        raw = raws[summary["id"]]
        yield from wrong_prices(raw, "/api/models", f"{summary['price']}")
        yield from wrong_numbers(raw, "/api/models", summary)
    for row in csv.DictReader(io.StringIO(site.text("/models.csv"))):
        amounts = [row["input_usd_per_million_tokens"], row["output_usd_per_million_tokens"]]
        if any(amount.lstrip("'").startswith("-") for amount in amounts):
            yield Violation("negative amount", "/models.csv", str(row))
        yield from wrong_prices(raws[row["id"]], "/models.csv", row["price"])
    for path, lines in _rows_of_pages(site, {model_id.partition("/")[0] for model_id in raws}):
        for line in lines:
            name = line.split(" | ")[0]
            # An id stands at the end of a row's first cell, right after the name.
            ids = [i for i in raws if name.split(" · ")[0].endswith(i)]
            if " | " in line and ids:
                yield from wrong_prices(raws[max(ids, key=len)], path, line)


def _rows_of_pages(site: RefreshedSite, authors: set[str]) -> Iterator[tuple[str, list[str]]]:
    # An author of aliases has no page of its own.
    for author in sorted(author for author in authors if not author.startswith("~")):
        yield f"/{author}", site.lines(f"/{author}")
    number = 1
    while number == 1 or f"page={number}" in site.text("/"):
        yield f"/?page={number}", site.lines("/", page=number)
        number += 1
