"""The explorer, the API and CSV understand a query alike: the same models, or a refusal."""

import csv
import json
import re
from io import StringIO
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from handler.domain.search.query import PARAMETERS
from tests.support.builders import MemoryStore, priced, profile, stored
from tests.support.http.asgi import ask, create_app

APP = create_app(
    MemoryStore(
        stored(
            *(
                profile(
                    priced(f"acme/lynx-{n}", f"0.00000{n}", "0.00001", context_length=n * 64_000)
                )
                for n in range(5)
            )
        )
    )
)
TYPED = ["5", "0,5", "<2", "2-4", "1,500", "128k+", "200K", "free", "paid", "lynx", "lynx 3", "$1"]
PAIRS = st.tuples(
    st.sampled_from([name for name in PARAMETERS if name != "page"]),
    st.sampled_from(["", *TYPED, "under $3", "tools", "acme", "-input", "?", "text-in"])
    | st.text(),
)


@given(st.lists(PAIRS, max_size=3))
def test_page_api_and_csv_give_the_same_rows(pairs: list[tuple[str, str]]) -> None:
    query = urlencode(pairs, errors="ignore")
    table = ask(APP, "/models.csv", query=query)
    api = ask(APP, "/api/models", query=query)
    page = ask(APP, "/", query=query)
    shown = re.findall(r'name="m" value="([^"]*)"', page.text)

    assert (page.status, table.status == 400) == (200, api.status == 422)
    if table.status == 400:
        assert shown == []
        return
    ids = [row[0] for row in csv.reader(StringIO(table.text, newline=""))][1:]
    assert ids == [one["id"] for one in json.loads(api.text)["models"]] == shown
