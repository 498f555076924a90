"""What every crawler needs holds for every model of every catalog, real ones and the sample."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from handler.adapters.folder_store import FolderStore
from handler.adapters.openrouter import StoredList
from handler.bootstrap import app_over, folder_keeper, prose_renderer
from handler.domain import snapshot
from handler.domain.model import model_of
from handler.web.head import SITE_NAME
from scripts.bundle.loading import load_sample
from tests.conftest import each_shared_catalog
from tests.hostile import HOSTILE_TEXT
from tests.records import MemoryStore, making, profile, record, stored
from tests.support.asgi import ask
from tests.support.page_head import PageHead, head_of

SITE = "https://previews.example.org"

# Slack reads the least of all crawlers.
SHORTEST_WINDOW = 32_768
FIRST = ["charset", "title", "description", "canonical"]
NEEDED = ["og:type", "og:site_name", "og:locale", "og:title", "og:description", "og:url"]


def problems(html: bytes, path: str) -> list[str]:
    """Return what of the contract a page breaks."""
    window = html[:SHORTEST_WINDOW].decode(errors="ignore")
    head = head_of(window)
    needed = head.order[: head.order.index("style")] if "style" in head.order else []
    texts = [text for _, text in head.properties] + list(head.names.values())
    open_graph = {name: text for name, text in head.properties if name.startswith("og:")}
    checks = {
        "the head ends within the shortest window": "body" in head.order,
        "charset, title, description and canonical come first": head.order[:4] == FIRST,
        "all tags come before styles": set(NEEDED) | {"twitter:card"} <= set(needed),
        "nothing is said twice": len(set(head.order)) == len(head.order),
        "one title": titles(head) == {head.title},
        "one description": descriptions(head) == {head.names["description"]},
        "a title, without the site's name": bool(head.title) and SITE_NAME not in head.title,
        "a title of 70 bytes": len(head.title.encode()) <= 70,
        "a description": bool(head.names["description"]),
        "a description of 200 characters": len(head.names["description"]) <= 200,
        "a description of 350 bytes": len(head.names["description"].encode()) <= 350,
        "the canonical address": head.canonical == head.only("og:url") == SITE + path,
        "fewer than 50 og tags": len(open_graph) < 50,
        "Open Graph under 5 KiB as JSON": len(json.dumps(open_graph)) < 5 * 1024,
        "no value over 1,000 characters": max(map(len, texts)) <= 1_000,
        "no address over 2,048 characters": len(head.canonical) <= 2_048,
        "no line breaks and no white space at the ends": all(
            text == " ".join(text.split()) for text in (head.title, head.names["description"])
        ),
        "no oEmbed": "oembed" not in window.lower(),
        "no picture until there is one": not [n for n in head.order if "image" in n],
        "a summary": head.names["twitter:card"] == "summary",
        "an icon": head.links["apple-touch-icon"].endswith(".png"),
    }
    return [name for name, holds in checks.items() if not holds]


def titles(head: PageHead) -> set[str]:
    page = head.json_ld["@graph"][0]
    return {head.only("og:title"), head.names["twitter:title"], page["name"], page["headline"]}


def descriptions(head: PageHead) -> set[str]:
    page = head.json_ld["@graph"][0]
    return {head.only("og:description"), head.names["twitter:description"], page["description"]}


def facts_problems(head: PageHead) -> list[str]:
    """Return what a model's page says in its labels and not within its first 80 characters."""
    opening = head.names["description"][:80]
    facts = {head.names[n]: head.names[f"twitter:data{n[-1]}"] for n in head.names if "label" in n}
    context = facts.get("Context", "").replace("tokens", "context")
    return [fact for fact in (facts.get("Price", ""), context) if fact not in opening]


def of_list(catalog: Path) -> bytes:
    """Return the stored catalog of a stored list."""
    render = prose_renderer()
    records = StoredList(catalog, "a stored copy").fetch().records
    described = (
        replace(profile(raw), model=model_of(raw, render(raw["description"]))) for raw in records
    )
    return stored(*described)


def broken_pages(catalog: bytes) -> dict[str, list[str]]:
    """Return the problems of each page of a stored catalog that has any."""
    app = app_over(MemoryStore(catalog), SITE)
    ids = [entry.id for entry in snapshot.decode(catalog).entries]
    broken = {}
    for path in ["/", "/methodology", *(f"/{model_id}" for model_id in ids)]:
        html = ask(app, path).body
        found = problems(html, path)
        if path.count("/") == 2:
            found += facts_problems(head_of(html.decode()))
        if found:
            broken[path] = found
    return broken


def test_every_page_of_the_sample_keeps_the_contract(tmp_path: Path) -> None:
    load_sample(folder_keeper(tmp_path), prose_renderer())

    assert broken_pages(FolderStore(tmp_path).read().body) == {}


@pytest.mark.parametrize("catalog", each_shared_catalog())
def test_every_page_of_a_real_catalog_keeps_the_contract(catalog: Path) -> None:
    assert broken_pages(of_list(catalog)) == {}


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_text_of_strangers_breaks_nothing_of_the_contract(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    raw = record("acme/one", name=text, description=text, architecture=making(text), tokenizer=text)
    described = profile(raw, text)
    described = replace(described, model=model_of(raw, prose_renderer()(text)))

    html = ask(app_over(MemoryStore(stored(described)), SITE), "/acme/one").body

    assert problems(html, "/acme/one") == []
    assert b"<script>alert" not in html
    assert b"<img" not in html
