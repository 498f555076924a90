"""Everything that a site says of each model, searched for what no page may say."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from tests.support.iterations import repeat
from tests.support.pages.page_head import PageHead, head_of
from tests.support.pages.page_text import lines_of
from tests.support.refreshed_site import RefreshedSite, without_raw_fields
from tests.support.sweep.costs import compared_costs
from tests.support.sweep.late_dates import late_lines, late_values
from tests.support.sweep.listings import sweep_listings
from tests.support.sweep.violations import (
    Record,
    Violation,
    negative_amounts,
    negative_values,
    wrong_numbers,
    wrong_prices,
)

LastRead = Callable[[str], datetime]

_ENTRY = re.compile(r"<entry>.*?</entry>", re.DOTALL)
_BADGE = re.compile(r"<text\b[^>]*>([^<]*)</text>")


def sweep(site: RefreshedSite, last_read: LastRead) -> list[Violation]:
    """Return what is wrong on the pages and in the answers of models and of every listing.

    A long run reads the pages of every model, the usual one those of every third.
    """
    summaries = site.json("/api/models", limit=1000)["models"]
    # Withdrawn models are not among them, but keep their pages.
    summaries += site.json("/api/models", limit=1000, is_="withdrawn")["models"]
    records = {each["id"]: site.record(each["id"]) for each in summaries}
    swept = list(records.values())[:: repeat(3, 1)]
    found = [v for each in swept for v in _model(site, each, last_read)]
    return [*found, *sweep_listings(site, summaries, records)]


def _model(site: RefreshedSite, record: Record, last_read: LastRead) -> Iterator[Violation]:
    model_id, raw = record["id"], record["openrouter_raw"]
    html = site.text(f"/{model_id}")
    page, head = lines_of(without_raw_fields(html)), _head(html)
    compared = site.text("/compare", m=model_id)
    texts = {
        "page": "\n".join(_without_providers(page)),
        "markdown": site.markdown(model_id).partition("\n## Providers")[0],
        "description": head.only("og:description"),
        "card": head.only("og:image:alt").replace(". ", "\n").replace(", ", "\n"),
        "comparison": "\n".join(lines_of(without_raw_fields(compared))),
        "card of the comparison": _head(compared).only("og:image:alt"),
        "badge": "\n".join(_BADGE.findall(site.text(f"/{model_id}/badge.svg"))),
    }
    for name, text in texts.items():
        yield from wrong_prices(raw, f"/{model_id} {name}", text)
    providers = {"every line": "\n".join(page), "every line of Markdown": site.markdown(model_id)}
    for name, text in providers.items():
        yield from negative_amounts(f"/{model_id} {name}", text)
    yield from wrong_numbers(raw, f"/api/models/{model_id}", record)
    endpoints = site.json(f"/api/models/{model_id}/endpoints")["endpoints"]
    for place in negative_values(endpoints):
        yield Violation("negative amount", f"/api/models/{model_id}/endpoints", place)
    dated = {**providers, "card": texts["card"]}
    yield from _late_dates(site, record, last_read(model_id), dated, head)
    for costs in compared_costs(site, model_id, page):
        if not costs.agree():
            yield Violation("two costs", f"/{model_id}", str(costs))


def _late_dates(
    site: RefreshedSite,
    record: Record,
    last_read: datetime,
    texts: Mapping[str, str],
    head: PageHead,
) -> Iterator[Violation]:
    path = f"/{record['id']}"
    for name, text in texts.items():
        for line in late_lines(text, last_read):
            yield Violation("late date", f"{path} {name}", line)
    values = {
        "record": dict(record),
        "published": dict(head.properties).get("article:published_time", ""),
    }
    # A withdrawal, which is later, is a change of the page and an entry of the feed.
    if not record.get("withdrawn_since"):
        feed = _ENTRY.sub("", site.text(f"{path}/feed.xml")).splitlines()
        values |= {"JSON-LD": head.json_ld, "feed": feed}
    for place in late_values(values, last_read):
        yield Violation("late date", path, place)


def _head(html: str) -> PageHead:
    return head_of(html.partition("</head>")[0])


def _without_providers(page: list[str]) -> list[str]:
    """Return a page without its table of providers, whose prices are their own."""
    if "Providers" not in page:
        return page
    start = page.index("Providers")
    ends = ("Context and limits", "Modalities and parameters", "Arena rank", "History")
    end = next(n for n, line in enumerate(page) if n > start and line in ends)
    return page[:start] + page[end:]
