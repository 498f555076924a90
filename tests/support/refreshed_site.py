"""A site over a store that refreshes fill with lists, asked as its users ask it."""

import html
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from handler.asgi import AsgiApp, create_asgi_app
from handler.bootstrap.render import create_site
from handler.domain.catalog.coverage import EVERYTHING, Coverage
from handler.domain.ingest.sanity_checks import SanityLimits
from handler.services.refresh import refresh_catalog
from handler.services.refresh_result import RefreshResult
from handler.services.sources import Sources
from handler.web.app import is_api, respond
from handler.web.http.request import Request
from handler.web.site import Site
from tests.support.builders import MemoryStore
from tests.support.constants import SITE_URL
from tests.support.fakes import FakeDataset, ignore_progress, memory_repository, render_plain
from tests.support.http.answer import Answer
from tests.support.http.asgi import ask
from tests.support.pages.page_head import PageHead, head_of
from tests.support.pages.page_text import lines_of

_SCRIPTS = re.compile(r"<script\b.*?</script>", re.DOTALL)
_TOTAL = re.compile(r'<p class="total"><strong>(.*?)</strong>')
_PRE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)


def without_scripts(markup: str) -> str:
    """Return a page as it is read where no script runs."""
    return _SCRIPTS.sub("", markup)


def without_raw_fields(markup: str) -> str:
    """Return a page without scripts and without the JSON of its raw fields."""
    return _PRE.sub("", without_scripts(markup))


class RefreshedSite:
    """A store, the refreshes of it, and what the site over it then says."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self._site: Site | None = None
        self._app: AsgiApp | None = None

    def refresh(
        self,
        records: Sequence[Any],
        as_of: datetime,
        *,
        forced: bool = False,
        coverage: Coverage = EVERYTHING,
    ) -> RefreshResult:
        """Merge a list that was served at a moment; `forced` leaves out the sanity checks."""
        self._site = None  # a site looks for a new snapshot only every minute
        return refresh_catalog(
            Sources(FakeDataset(*records, coverage=coverage)),
            memory_repository(self.store),
            render_plain,
            as_of,
            None if forced else SanityLimits(),
            ignore_progress,
        )

    def ask(self, path: str, **query: Any) -> Answer:
        """Return the answer to a request, whatever its status. A query's value may be a list."""
        if self._site is None:
            self._site = create_site(self.store, SITE_URL)
            self._app = create_asgi_app(self._site)
        if self._app and is_api(path):
            return ask(self._app, path, query=_query_string(query))
        response = respond(self._site, Request("GET", path, _query_string(query)))
        return Answer(response.status, dict(response.headers), response.body)

    def text(self, path: str, **query: Any) -> str:
        """Return the body of an answer that must have succeeded."""
        answer = self.ask(path, **query)
        assert answer.status == 200, (path, answer.status)
        return answer.text

    def json(self, path: str, **query: Any) -> Any:
        """Return the value of a JSON answer."""
        return json.loads(self.text(path, **query))

    def record(self, model_id: str) -> dict[str, Any]:
        """Return a model's merged record."""
        record: dict[str, Any] = self.json(f"/api/models/{model_id}")
        return record

    def lines(self, path: str, **query: Any) -> list[str]:
        """Return the lines of a page's main part, without raw fields and scripts."""
        return lines_of(without_raw_fields(self.text(path, **query)))

    def page(self, model_id: str) -> str:
        """Return what a model's page says, without raw fields and scripts."""
        return "\n".join(self.lines(f"/{model_id}"))

    def markdown(self, model_id: str) -> str:
        """Return a model's page as Markdown."""
        return self.text(f"/{model_id}.md")

    def head(self, path: str, **query: Any) -> PageHead:
        """Return the head of a page."""
        return head_of(self.text(path, **query))

    def description(self, model_id: str) -> str:
        """Return the text of a model's preview, which starts with its headline."""
        return self.head(f"/{model_id}").only("og:description")

    def card(self, path: str, **query: Any) -> str:
        """Return what the card of a page shows: its alternative text has all of it."""
        return html.unescape(self.head(path, **query).only("og:image:alt"))

    def events(self, model_id: str) -> list[dict[str, Any]]:
        """Return the changes of a model, newest first."""
        events: list[dict[str, Any]] = self.json(f"/api/models/{model_id}/history")["events"]
        return events

    def compare_cost(self, model_id: str, **work: int) -> str:
        """Return the cost of work on the comparison of one model with none."""
        total = _TOTAL.search(self.text("/compare", m=model_id, **work))
        assert total, model_id
        return html.unescape(total[1])

    def api_cost(self, model_id: str, **work: int) -> str | None:
        """Return the cost of work that the API gives."""
        cost: str | None = self.json("/api/compare", m=model_id, **work)["costs"][model_id]
        return cost

    def example_cost(self, model_id: str, example: str) -> str:
        """Return the cell with the cost of an example on a model's page."""
        line = next(line for line in self.lines(f"/{model_id}") if line.startswith(example))
        return line.rpartition(" | ")[2]


def _query_string(query: Mapping[str, Any]) -> str:
    pairs = [
        (name, each)
        for name, value in query.items()
        for each in (value if isinstance(value, list | tuple) else [value])
    ]
    # A trailing underscore lets `in` and `is` be keywords.
    return "&".join(f"{name.rstrip('_')}={quote(str(v), safe='/:~')}" for name, v in pairs)
