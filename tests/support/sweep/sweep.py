"""Everything that a site says of each model, searched for what no page may say."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from tests.support.pages.page_head import head_of
from tests.support.pages.page_text import lines_of
from tests.support.refreshed_site import RefreshedSite, without_raw_fields
from tests.support.sweep.costs import compared_costs
from tests.support.sweep.late_dates import late_lines, late_values
from tests.support.sweep.listed_prices import (
    NEGATIVE,
    ZERO,
    bills_something,
    claims_free,
    is_price_unknown,
    lists_a_zero,
    makes_text,
)

Record = Mapping[str, Any]
LastRead = Callable[[str], datetime]

_UPSTREAM = ("openrouter_raw", "pricing", "top_provider", "per_request_limits")
_ENTRY = re.compile(r"<entry>.*?</entry>", re.DOTALL)
_BADGE = re.compile(r"<text\b[^>]*>([^<]*)</text>")


class Violation(NamedTuple):
    """A kind of wrong statement, the path and part that make it, and the words."""

    kind: str
    where: str
    words: str


def sweep(site: RefreshedSite, last_read: LastRead) -> list[Violation]:
    """Return what is wrong on the pages and in the answers of every model and listing."""
    summaries = site.json("/api/models", limit=1000)["models"]
    # Withdrawn models are not among them, but keep their pages.
    summaries += site.json("/api/models", limit=1000, is_="withdrawn")["models"]
    records = {each["id"]: site.record(each["id"]) for each in summaries}
    found = [v for each in records.values() for v in _model(site, each, last_read)]
    return [*found, *_listings(site, summaries, records)]


def _model(site: RefreshedSite, record: Record, last_read: LastRead) -> Iterator[Violation]:
    model_id, raw = record["id"], record["openrouter_raw"]
    read_at = last_read(model_id)
    html = site.text(f"/{model_id}")
    page, head = lines_of(without_raw_fields(html)), head_of(html.partition("</head>")[0])
    compared = site.text("/compare", m=model_id)
    texts = {
        "page": "\n".join(_without_providers(page)),
        "markdown": site.markdown(model_id).partition("\n## Who serves it")[0],
        "description": head.only("og:description"),
        "card": head.only("og:image:alt").replace(". ", "\n").replace(", ", "\n"),
        "comparison": "\n".join(lines_of(without_raw_fields(compared))),
        "card of the comparison": head_of(compared.partition("</head>")[0]).only("og:image:alt"),
        "badge": "\n".join(_BADGE.findall(site.text(f"/{model_id}/badge.svg"))),
        "every line": "\n".join(page) + site.markdown(model_id),
    }
    for name, text in texts.items():
        yield from _prices(raw, f"/{model_id} {name}", text, with_zeros=name != "every line")
    yield from _numbers(raw, f"/api/models/{model_id}", record)
    for name in ("every line", "card"):
        for line in late_lines(texts[name], read_at):
            yield Violation("late date", f"/{model_id} {name}", line)
    withdrawn = record.get("withdrawn_since")
    published = dict(head.properties).get("article:published_time", "")
    dated = {"record": dict(record), "head": published}
    if not withdrawn:
        dated |= {"JSON-LD": head.json_ld, "feed": _feed(site, model_id)}
    for place in late_values(dated, read_at):
        yield Violation("late date", f"/{model_id}", place)
    for costs in compared_costs(site, model_id, page):
        if not costs.agree():
            yield Violation("two costs", f"/{model_id}", str(costs))


def _listings(
    site: RefreshedSite, summaries: list[dict[str, Any]], records: Mapping[str, Record]
) -> Iterator[Violation]:
    raws = {model_id: record["openrouter_raw"] for model_id, record in records.items()}
    for summary in summaries:
        raw = raws[summary["id"]]
        yield from _prices(raw, "/api/models", f"{summary['price']}")
        yield from _numbers(raw, "/api/models", summary)
    for row in csv.DictReader(io.StringIO(site.text("/models.csv"))):
        amounts = [row["input_usd_per_million_tokens"], row["output_usd_per_million_tokens"]]
        if any(amount.lstrip("'").startswith("-") for amount in amounts):
            yield Violation("negative amount", "/models.csv", str(row))
        yield from _prices(raws[row["id"]], "/models.csv", row["price"])
    for path, lines in _pages_of_rows(site, {model_id.partition("/")[0] for model_id in raws}):
        for line in lines:
            name = line.split(" | ")[0]
            # An id stands at the end of a row's first cell, right after the name.
            ids = [i for i in raws if name.split(" · ")[0].endswith(i)]
            if " | " in line and ids:
                yield from _prices(raws[max(ids, key=len)], path, line)


def _pages_of_rows(site: RefreshedSite, authors: set[str]) -> Iterator[tuple[str, list[str]]]:
    # An author of aliases has no page of its own.
    for author in sorted(author for author in authors if not author.startswith("~")):
        yield f"/{author}", site.lines(f"/{author}")
    number = 1
    while number == 1 or f"page={number}" in site.text("/"):
        yield f"/?page={number}", site.lines("/", page=number)
        number += 1


def _prices(raw: Record, where: str, text: str, with_zeros: bool = True) -> Iterator[Violation]:
    if found := NEGATIVE.search(text):
        yield Violation("negative amount", where, text[max(found.start() - 40, 0) :][:80])
    if not with_zeros:
        return
    if bills_something(raw) and claims_free(text):
        yield Violation("free beside a price", where, text[:80])
    for line in text.partition("\nHistory\n")[0].partition("\n## History")[0].splitlines():
        if not ZERO.search(line):
            continue
        is_output = re.search(r"Listed at \$0:[^.]*\boutput\b", line)
        if not lists_a_zero(raw) or (is_output and not makes_text(raw)):
            yield Violation("$0 for unknown", where, line[:120])


def _numbers(raw: Record, where: str, record: Record) -> Iterator[Violation]:
    own = {name: value for name, value in record.items() if name not in _UPSTREAM}
    amounts = [amount for amount in record["PPM"].values() if amount is not None]
    if any(amount < 0 for amount in amounts) or NEGATIVE.search(json.dumps(own)):
        yield Violation("negative amount", where, f"{raw['id']} {record['PPM']}")
    if is_price_unknown(raw) and 0 in amounts:
        yield Violation("$0 for unknown", where, f"{raw['id']} {record['PPM']}")


def _feed(site: RefreshedSite, model_id: str) -> list[str]:
    """Return the lines of a feed. What is new on a list, or gone from it, is dated by that list."""
    return _ENTRY.sub("", site.text(f"/{model_id}/feed.xml")).splitlines()


def _without_providers(page: list[str]) -> list[str]:
    """Return a page without its table of providers, whose prices are their own."""
    if "Who serves it" not in page:
        return page
    start = page.index("Who serves it")
    return page[:start] + page[page.index("Context and limits", start) :]
