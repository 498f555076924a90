"""What goes out is bounded, whatever a record holds that a refresh lets in."""

from datetime import timedelta
from typing import Any

import pytest

from handler.bootstrap.refresh import markdown_renderer
from handler.domain.catalog.profile import EndpointData, Profile
from tests.support.builders import (
    AS_OF,
    MemoryStore,
    contents,
    model,
    profile,
    record,
    record_listing,
)
from tests.support.http.asgi import ask, create_app
from tests.support.iterations import repeat

from handler.domain.snapshot.encode import encode  # isort: skip

# Lambda refuses an answer of more than 6 MB; half of it is a page that nobody should be sent.
MAX_BYTES = 3_000_000
LONGEST = 60_000
BESIDE = ["", ".md", "/feed.xml", "/card.png", "/badge.svg"]

HUGE: dict[str, dict[str, Any]] = {
    "a name": {"name": '"&<' * (LONGEST // 3)},
    "a description": {"description": "\\*<&\n" * (LONGEST // 5)},
    "nested quotes": {"description": ">" * LONGEST},
    "links": {"description": "[a](b)" * (LONGEST // 6)},
    "unseen letters": {"description": "\x01" * (LONGEST // 6)},
    "parameters": {"supported_parameters": ["p" * 280] * 200},
    "defaults": {"default_parameters": {f"p{n}": '"' * 30 for n in range(1_000)}},
    "unknown fields": {f"field {n}": [] for n in range(4_000)},
    "tiers": {
        "pricing": {
            "prompt": "1",
            "overrides": [{"min_prompt_tokens": n, "prompt": f"0.{n:09d}"} for n in range(50)],
        }
    },
}
ENDPOINT = {"provider_name": "P" * 5_000, "tag": '"<' * 2_000, "pricing": HUGE["tiers"]["pricing"]}


def with_a_past(raw: dict[str, Any]) -> Profile:
    described = markdown_renderer()(raw.get("description", ""))
    known = profile(raw, described.lead)
    past = known.history
    for number in range(repeat(20, 250)):
        changed = model({**raw, "name": f"{number} {raw['name']}", "context_length": number + 1})
        now = AS_OF + timedelta(minutes=number + 1)
        past = record_listing(past, changed, now)
    past = record_listing(past, known.model, AS_OF + timedelta(days=2))
    return profile(
        raw, described.lead, history=past, endpoint_data=EndpointData(AS_OF, (ENDPOINT,) * 100)
    )


@pytest.mark.promise("P15", "pages of records at their largest")
@pytest.mark.parametrize("fields", HUGE.values(), ids=HUGE)
def test_whatever_a_record_holds_every_page_about_it_is_bounded(fields: dict[str, Any]) -> None:
    store = MemoryStore(encode(contents(with_a_past(record("acme/one", **fields))), "run"))
    app = create_app(store, "https://previews.example.org")
    paths = [
        *(f"/acme/one{what}" for what in BESIDE),
        "/",
        "/feed.xml",
        "/sitemap.xml",
        *(f"/api/models/acme/one{what}" for what in ("", "/history", "/endpoints")),
        "/api/models",
    ]

    answers = {path: ask(app, path) for path in paths}

    sizes = {path: len(answer.body) for path, answer in answers.items()}
    print({path: size for path, size in sizes.items() if size > 300_000})
    assert {answer.status for answer in answers.values()} == {200}
    assert {path: size for path, size in sizes.items() if size > MAX_BYTES} == {}
