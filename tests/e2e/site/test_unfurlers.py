"""Clients that others wrote find in our pages what we mean, over HTTP, for the oddest models."""

import html
import json
import subprocess
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

import extruct  # type: ignore[import-untyped]
import pytest
from protego import Protego

from handler.adapters.storage.file_store import FileStore
from handler.bootstrap.refresh import markdown_renderer
from handler.domain.catalog.profile import Profile
from handler.domain.previews.crawlers.crawler import Crawler
from handler.domain.previews.crawlers.crawlers import CRAWLERS
from handler.domain.previews.model_preview import build_preview
from handler.domain.pricing.price_position import build_price_scales
from handler.web.cards.content.card_content import card_image_for
from handler.web.cards.content.model import card_for_profile
from scripts.sample_data.load import newest_records
from tests.support.builders import AS_OF, profile, record, stored, withdrawn
from tests.support.constants import SITE_URL
from tests.support.external import real_part
from tests.support.hostile.text import HOSTILE_TEXT
from tests.support.http.answer import Answer, http_get
from tests.support.servers.serve_process import serving

pytestmark = pytest.mark.e2e

STRAIGHT = str.maketrans("“”″‘’′", "\"\"\"'''")
NODE_CLIENTS = ("metascraper", "unfurl", "unfurl_open_graph", "url_metadata")

Record = dict[str, Any]


def modalities(raw: Record) -> str:
    making = raw["architecture"]
    return f"{making['input_modalities']} {making['output_modalities']}"


# Of each kind so many are taken, those that come first.
KINDS: dict[str, tuple[int, Callable[[Record], bool]]] = {
    "a variable price": (9, lambda raw: "-1" in raw["pricing"].values()),
    "a free variant": (5, lambda raw: raw["id"].endswith(":free")),
    "a batch variant": (5, lambda raw: raw["id"].endswith(":batch")),
    "another variant": (5, lambda raw: ":thinking" in raw["id"]),
    "an alias": (5, lambda raw: raw["id"].startswith("~")),
    "no context": (5, lambda raw: not raw.get("context_length")),
    "a dot in its name": (3, lambda raw: "." in raw["id"]),
}


def odd_ones() -> list[Record]:
    """Return the oddest of the sample: of each kind, of each modality, and the longest."""
    sample = newest_records()
    chosen = [raw for most, is_odd in KINDS.values() for raw in list(filter(is_odd, sample))[:most]]
    chosen += {modalities(raw): raw for raw in reversed(sample)}.values()
    chosen += sorted(sample, key=lambda raw: len(raw["name"]))[-8:]
    chosen += sorted(sample, key=lambda raw: len(raw["id"]))[-4:]
    return list({raw["id"]: raw for raw in chosen}.values())


def made_up(like: Record) -> list[Record]:
    """Return records such as no sample has: without words, with Markdown, with hostile text."""
    texts = {name: text.encode("utf-8", "replace").decode() for name, text in HOSTILE_TEXT.items()}
    return [
        {**like, "id": "acme/no-description", "description": ""},
        {**like, "id": "acme/links", "description": "**Bold**, by [Acme](https://acme.example/)."},
        record("acme/nothing"),
        *(
            {**like, "id": f"acme/hostile-{n}", "name": text, "description": text}
            for n, text in enumerate(texts.values())
        ),
    ]


class Site:
    """The site, serving the odd records alone: its address, and what each page means to say."""

    def __init__(self, address: str, profiles: Sequence[Profile]) -> None:
        self._address = address
        self.meant: dict[str, dict[str, Any]] = {}
        scales = build_price_scales(known.model for known in profiles if not known.withdrawn)
        for known in profiles:
            preview, card = build_preview(known), card_for_profile(known, AS_OF, scales)
            path = f"/{quote(known.model.id, safe='/:~')}"
            self.meant[path] = {
                "title": preview.title,
                "description": preview.description,
                "canonical": SITE_URL + path,
                "site": "Burgee",
                "image": SITE_URL + card_image_for(path, card).path,
            }

    def get(self, path: str) -> Answer:
        return http_get(self._address, path)

    def read_by_node(self) -> dict[str, dict[str, Any]]:
        """Return what each client that runs on Node.js finds on each page."""
        command = ["node", str(real_part("BURGEE_UNFURLERS"))]
        addresses = json.dumps([self._address + path for path in self.meant])
        ran = subprocess.run(command, input=addresses.encode(), capture_output=True, timeout=300)
        assert ran.returncode == 0, ran.stderr.decode()[-2_000:]
        found: dict[str, dict[str, Any]] = json.loads(ran.stdout)
        return {path: found[self._address + path] for path in self.meant}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    odd = odd_ones()
    profiles = [described(profile(raw)) for raw in (*odd, *made_up(odd[0]))]
    profiles += [described(withdrawn({**raw, "id": f"{raw['id']}-gone"})) for raw in odd[:6]]
    store = tmp_path_factory.mktemp("store")
    FileStore(store).put(stored(*profiles), None)
    arguments = ("--store", store, "--offline")
    with serving(*arguments, environment={"SITE_URL": SITE_URL}) as (address, _):
        yield Site(address, profiles)


def described(known: Profile) -> Profile:
    """Return a profile with its description rendered, as a refresh does."""
    prose = markdown_renderer()(known.markdown or "")
    return known._replace(model=known.model._replace(description=prose))


def test_enough_models_are_odd_in_every_way(site: Site) -> None:
    odd = odd_ones()

    assert {name for name, (_, is_odd) in KINDS.items() if any(map(is_odd, odd))} == set(KINDS)
    assert len({modalities(raw) for raw in odd}) >= 30
    assert len(site.meant) >= 80


@pytest.fixture(scope="module")
def read_by_node(site: Site) -> dict[str, dict[str, Any]]:
    return site.read_by_node()


@pytest.mark.parametrize("client", NODE_CLIENTS)
def test_a_client_finds_the_texts_and_addresses_that_we_mean(
    client: str, site: Site, read_by_node: dict[str, dict[str, Any]]
) -> None:
    read = {path: found[client] for path, found in read_by_node.items()}

    assert without_ways_of(client, read) == without_ways_of(client, site.meant)


def without_ways_of(client: str, found: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return what was found without what a client does to every text, ours or not.

    metascraper makes quotation marks typographic, unfurl.js reads entities twice.
    """
    return {
        path: {name: plain(client, value) for name, value in fields.items()}
        for path, fields in found.items()
    }


def plain(client: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return value.translate(STRAIGHT) if client == "metascraper" else html.unescape(value)


def test_structured_data_is_read_by_other_parsers(site: Site) -> None:
    found = {path: structured(site.get(path).text, SITE_URL + path) for path in site.meant}

    assert found == site.meant


def structured(page: str, address: str) -> dict[str, Any]:
    """Return what extruct finds, where Open Graph and JSON-LD agree."""
    data = extruct.extract(page, base_url=address, syntaxes=["json-ld", "opengraph"])
    (named,), (card,) = data["json-ld"], data["opengraph"]
    given = dict(card["properties"])
    assert {named["name"], named["headline"]} == {given["og:title"]}
    assert named["description"] == given["og:description"]
    return {
        "title": given["og:title"],
        "description": given["og:description"],
        "canonical": named["url"],
        "site": given["og:site_name"],
        "image": given.get("og:image"),
    }


@pytest.mark.parametrize("crawler", CRAWLERS, ids=lambda crawler: crawler.name)
def test_robots_txt_lets_every_crawler_at_pages_and_pictures(crawler: Crawler, site: Site) -> None:
    answer = site.get("/robots.txt")
    robots = Protego.parse(answer.text)
    images = [meant["image"] for meant in site.meant.values() if meant["image"]]
    wanted = [
        *(SITE_URL + path for path in site.meant),
        f"{SITE_URL}/apple-touch-icon.png",
        *images,
    ]

    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    refused = [url for url in wanted if not robots.can_fetch(url, crawler.robots or crawler.name)]
    assert refused == []
