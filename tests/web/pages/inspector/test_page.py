import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from handler.asgi import AsgiApp
from handler.domain.catalog.profile import Profile
from handler.domain.compression import gzip_deterministic
from handler.domain.previews.crawlers.layouts import LAYOUTS, PreviewLayout
from tests.support.builders import HERMES, MemoryStore, making, profile, record, stored, withdrawn
from tests.support.constants import SITE_URL, TEMPLATES
from tests.support.hostile.text import HOSTILE_TEXT
from tests.support.http.asgi import ask, create_app
from tests.support.pages.page_head import head_of
from tests.support.pages.page_text import lines_of, section

SHEET = (TEMPLATES / "assets" / "inspector.css").read_text("utf-8")
PATH = "/nousresearch/hermes-4-405b/preview"
DRAWN = ["Facebook", "X", "LinkedIn", "Slack", "Discord", "WhatsApp", "Telegram", "iMessage"]
DRAWN += ["Teams", "Mastodon", "Bluesky"]
# Every element that may stand in a page of ours: none that runs, loads from elsewhere or submits.
ELEMENTS = {
    "html",
    "head",
    "meta",
    "title",
    "link",
    "script",
    "style",
    "body",
    "header",
    "a",
    "svg",
    "path",
    "nav",
    "main",
    "p",
    "h1",
    "h2",
    "strong",
    "section",
    "div",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "span",
    "code",
    "small",
    "dl",
    "dt",
    "dd",
    "details",
    "summary",
    "figure",
    "figcaption",
    "img",
    "b",
    "footer",
    "time",
}


def site(*known: Profile) -> AsgiApp:
    return create_app(MemoryStore(stored(*known)))


def inspected(known: Profile) -> str:
    answer = ask(site(known), f"/{known.model.id}/preview")
    assert answer.status == 200
    return answer.text


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements_of(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Elements()
    parser.feed(html)
    return parser.found


PAGE = inspected(profile(HERMES))


def test_page_has_its_own_head_and_is_not_indexed() -> None:
    head = head_of(PAGE)

    assert head.title == "Link preview of Nous: Hermes 4 405B"
    assert head.canonical == head.only("og:url") == SITE_URL + PATH
    assert head.names["robots"] == "noindex, follow"
    card = head.only("og:image")
    assert card == head_of(ask(site(profile(HERMES)), f"/{HERMES['id']}").text).only("og:image")


def test_page_says_that_it_simulates_and_links_debuggers() -> None:
    lead = next(line for line in lines_of(PAGE) if line.startswith("This is a simulation."))
    links = [given["href"] for tag, given in elements_of(PAGE) if tag == "a"]
    link = "https%3A%2F%2Fpreviews.example.org%2Fnousresearch%2Fhermes-4-405b"

    assert lead.endswith("X has retired its own.")
    assert [url for url in links if url and url.startswith("https:")] == [
        f"https://developers.facebook.com/tools/debug/?q={link}",
        f"https://www.linkedin.com/post-inspector/inspect/{link}",
    ]


def test_each_platform_is_drawn_in_light_and_dark() -> None:
    html = PAGE.split("<h2 id=")

    headings = re.findall(r'<h2 id="[\w-]+">(.*?)</h2>', PAGE)
    assert headings == [
        "At a glance",
        "What the page says",
        *DRAWN[:5],
        "Discord, with the component embed",
        *DRAWN[5:],
    ]
    schemes = [re.findall(r'class="mock \w+ (\w+)"', part) for part in html[3:]]
    assert schemes == [["light", "dark"]] * 12
    assert (
        PAGE.count('<div class="mock') == PAGE.count('aria-hidden="true">\n<p class="scheme">') * 2
    )


def test_preview_has_its_sources_and_checks() -> None:
    lines = section(lines_of(PAGE), "Discord", "Discord, with the component embed")

    facts = "$1/M in, $3/M out · 131K context"
    shown = ["Burgee", "Nous: Hermes 4 405B", facts]
    assert lines == [
        "Passes",
        "Title",
        "from og:title19 of at most 70 bytes, whole",
        "Description",
        "from og:description33 of at most 350 bytes, whole",
        "Picture",
        "from og:image1200 × 630 png, shown whole",
        "Site",
        "from og:site_namewhole",
        "9 limits checked",
        "What | Found | Wanted",
        "title | 19 bytes | at most 70",
        "description | 33 bytes | at most 350",
        "head | whole | in the first 50,000,000 bytes",
        *lines[14:17],
        next(line for line in lines if line.startswith("component embed, in bytes | ")),
        "theme-color | #0f3d57 | #RRGGBB",
        "picture | png | png or gif or jpeg or webp or avif",
        "Discord, in light and dark",
        "Light",
        *shown,
        "Dark",
        *shown,
    ]


def test_overview_has_tags_and_result_of_every_platform() -> None:
    rows = section(lines_of(PAGE), "At a glance", "What the page says")[3:]

    assert len(rows) == 20
    assert {row.split(" | ")[1] for row in rows} == {"Passes"}
    assert rows[1] == "X | Passes | twitter:title | twitter:description | twitter:image"
    assert rows[7] == "iMessage | Passes | og:title | not read | og:image"
    assert [row.split(" | ")[0] for row in rows][: len(DRAWN)] == DRAWN


def test_images_are_local_lazy_and_have_a_size() -> None:
    pictures = [given for tag, given in elements_of(PAGE) if tag == "img"]
    card = head_of(PAGE).only("og:image").removeprefix(SITE_URL)

    assert len(pictures) == 24
    assert {given["src"] for given in pictures} == {card}
    assert {(g["width"], g["height"], g["loading"]) for g in pictures} == {("1200", "630", "lazy")}


def test_csp_allows_its_styles_and_no_style_attribute() -> None:
    answer = ask(site(profile(HERMES)), PATH)

    (styles,) = re.findall("<style>(.*?)</style>", answer.text, re.DOTALL)
    digest = b64encode(sha256(styles.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}';" in answer.headers["content-security-policy"]
    assert not [given for _, given in elements_of(answer.text) if "style" in given]


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(withdrawn(HERMES), id="withdrawn"),
        pytest.param(profile(record()), id="without any fact"),
        pytest.param(profile(record("acme/film", architecture=making("video"))), id="no price"),
    ],
)
def test_every_model_has_a_preview_page(known: Profile) -> None:
    lines = lines_of(inspected(known))

    assert "Passes" in section(lines, "Bluesky", "Bluesky, in light and dark")
    assert not [line for line in lines if "broken" in line]


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_hostile_text_stays_text_and_page_stays_small(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    html = inspected(profile(record(name=text, description=text), lead=text))

    elements = elements_of(html)
    assert {tag for tag, _ in elements} <= ELEMENTS
    assert not [name for _, given in elements for name in given if name.startswith("on")]
    types = [given["type"] for tag, given in elements if tag == "script"]
    assert types == ["application/ld+json"]
    sources = {given["src"] for tag, given in elements if tag == "img"}
    assert re.fullmatch(r"/acme/one/card-[0-9a-f]{16}\.png", " ".join(map(str, sources)))
    assert len(gzip_deterministic(html.encode(), 6)) < 14_000


def colours(rule: str) -> dict[str, str]:
    """Return the colours that a platform's scheme sets."""
    return dict(re.findall(r"--(\w+):(#\w+)", rule))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [layout.crawler for layout in LAYOUTS])
def test_text_contrast_in_each_scheme_of_each_platform(name: str, scheme: str) -> None:
    rule = re.search(rf"^\.{name}\.{scheme}\{{(.*)\}}$", SHEET, re.MULTILINE)

    assert rule
    found = colours(rule[1])
    pairs = [("ink", "card"), ("soft", "card"), ("soft", "wall")]
    pairs += [("named", "card")] if "named" in found else []
    assert [p for p in pairs if contrast(found[p[0]], found[p[1]]) < 4.5] == []


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.crawler)
def test_stylesheet_has_every_ratio_and_line_count(layout: PreviewLayout) -> None:
    frames = [f".frame-{layout.ratio[0]}-{layout.ratio[1]}{{"] if layout.ratio else []
    counts = [count for count in (layout.title_lines, layout.description_lines) if count]
    rules = [*frames, *(f".lines-{count}{{-webkit-line-clamp:{count}}}" for count in counts)]

    assert [rule for rule in rules if rule not in SHEET] == []
