"""The headers that every kind of answer has, the whole of them."""

import pytest

from handler.asgi import AsgiApp
from handler.web.http import headers as d
from handler.web.http.headers import NON_HTML_CSP
from handler.web.rendering.templates import Templates
from tests.support.builders import HERMES, MemoryStore, catalog_bytes
from tests.support.constants import SITE_URL, TEMPLATES
from tests.support.http.asgi import ask, create_app

HERMES_PATH = f"/{HERMES['id']}"
FILES = Templates(TEMPLATES)
CSP = FILES.csp

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "strict-transport-security": "max-age=31536000",
    "cross-origin-opener-policy": "same-origin",
    "vary": "Accept-Encoding",
}
WHOLE = {"accept-ranges": "bytes"}
PAGE = {"content-security-policy": CSP}
WITH_SHEET = {
    name: {"content-security-policy": FILES.csp_with(FILES.stylesheet(name))}
    for name in ("explorer.css", "model.css", "api.css")
}
DATA = {"content-security-policy": NON_HTML_CSP}
FEED = {"content-security-policy": d.FEED_CSP}
# Pages of other sites may embed these, and their scripts read them.
OPEN = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag",
    "cross-origin-resource-policy": "cross-origin",
}
API = DATA | OPEN
NOT_INDEXED = {"link": f'<{SITE_URL}{HERMES_PATH}>; rel="canonical"', "x-robots-tag": "noindex"}
# Of each kind of answer: its status, type, lifetime and what it has beside ALWAYS.
ANSWERS = {
    "/": (200, d.HTML, d.PAGE_CACHE, WITH_SHEET["explorer.css"] | WHOLE),
    HERMES_PATH: (200, d.HTML, d.PAGE_CACHE, WITH_SHEET["model.css"] | WHOLE),
    "/api": (200, d.HTML, d.PAGE_CACHE, WITH_SHEET["api.css"] | WHOLE),
    "/no/such-model": (404, d.HTML, d.ERROR_CACHE, PAGE),
    "/models/nousresearch/hermes-4-405b": (
        308,
        d.TEXT,
        d.PAGE_CACHE,
        DATA | {"location": SITE_URL + HERMES_PATH},
    ),
    f"{HERMES_PATH}/card.png": (200, d.PNG, d.PAGE_CACHE, OPEN | WHOLE),
    "/nousresearch/card.png": (200, d.PNG, d.PAGE_CACHE, OPEN | WHOLE),
    "/card.png": (200, d.PNG, d.PAGE_CACHE, OPEN | WHOLE),
    "/changes/card.png": (200, d.PNG, d.PAGE_CACHE, OPEN | WHOLE),
    "/no/such-model/card.png": (404, d.HTML, d.ERROR_CACHE, PAGE | OPEN),
    f"{HERMES_PATH}/badge.svg": (200, d.SVG, d.BADGE_CACHE, DATA | OPEN | WHOLE),
    "/no/such-model/badge.svg": (404, d.SVG, d.ERROR_CACHE, DATA | OPEN),
    f"/models{HERMES_PATH}/badge.svg": (
        308,
        d.TEXT,
        d.PAGE_CACHE,
        DATA | OPEN | {"location": f"{SITE_URL}{HERMES_PATH}/badge.svg"},
    ),
    f"{HERMES_PATH}/feed.xml": (200, d.XML, d.PAGE_CACHE, FEED | OPEN | WHOLE),
    "/nousresearch/feed.xml": (200, d.XML, d.PAGE_CACHE, FEED | OPEN | WHOLE),
    "/feed.xml": (200, d.XML, d.PAGE_CACHE, FEED | OPEN | WHOLE),
    "/no/such-model/feed.xml": (404, d.HTML, d.ERROR_CACHE, PAGE | OPEN),
    "/models.csv": (
        200,
        "text/csv; charset=utf-8",
        d.PAGE_CACHE,
        DATA | OPEN | WHOLE | {"content-disposition": 'attachment; filename="models.csv"'},
    ),
    f"{HERMES_PATH}.md": (200, d.MARKDOWN, d.PAGE_CACHE, DATA | WHOLE | NOT_INDEXED),
    "/sitemap.xml": (200, d.XML, d.PAGE_CACHE, DATA | WHOLE),
    "/robots.txt": (200, d.TEXT, d.PAGE_CACHE, DATA | WHOLE),
    "/llms.txt": (200, d.TEXT, d.PAGE_CACHE, DATA | WHOLE),
    "/healthz": (200, d.TEXT, d.NO_CACHE, DATA | WHOLE),
    "/favicon.ico": (200, d.ICO, d.ASSET_CACHE, WHOLE),
    "/favicon.svg": (200, d.SVG, d.ASSET_CACHE, WHOLE),
    "/site.webmanifest": (200, d.MANIFEST, d.ASSET_CACHE, DATA | WHOLE),
    "/api/models": (200, d.JSON, d.PAGE_CACHE, API | WHOLE),
    "/api/models/no/such-model": (404, d.PROBLEM, d.ERROR_CACHE, API),
    "/api/compare": (422, d.PROBLEM, d.ERROR_CACHE, API),
}

PREFLIGHT = {
    "origin": "https://other.example",
    "access-control-request-method": "GET",
    "access-control-request-headers": "if-none-match",
}


@pytest.fixture(scope="module")
def app() -> AsgiApp:
    return create_app(MemoryStore(catalog_bytes([HERMES])))


@pytest.mark.promise("P21", "kinds of answers, the whole of their headers")
@pytest.mark.parametrize("path", ANSWERS)
def test_an_answer_has_exactly_these_headers(app: AsgiApp, path: str) -> None:
    status, content_type, lives, beside = ANSWERS[path]

    answer = ask(app, path)

    assert (answer.status, answer.headers) == (
        status,
        ALWAYS
        | {"content-type": content_type, "cache-control": lives}
        | beside
        | {"etag": answer.headers["etag"], "content-length": str(len(answer.body))},
    )


@pytest.mark.promise("P21", "kinds of answers, the whole of their headers")
@pytest.mark.parametrize(
    ("path", "policy", "allowed"),
    [("/", PAGE, "GET, HEAD"), ("/api/status", API, "GET, HEAD, OPTIONS")],
    ids=str,
)
def test_a_refused_method_has_exactly_these_headers(
    app: AsgiApp, path: str, policy: dict[str, str], allowed: str
) -> None:
    answer = ask(app, path, "POST")

    assert answer.headers == ALWAYS | policy | {
        "allow": allowed,
        "cache-control": d.ERROR_CACHE,
        "content-type": answer.headers["content-type"],
        "etag": answer.headers["etag"],
        "content-length": str(len(answer.body)),
    }


@pytest.mark.promise("P21", "kinds of answers, the whole of their headers")
@pytest.mark.parametrize("path", ["/api/status", "/api/models/no/such-model", "/api/nothing"])
@pytest.mark.parametrize("asked", [{}, PREFLIGHT, {"origin": "https://other.example"}], ids=str)
def test_a_preflight_has_exactly_these_headers(
    app: AsgiApp, path: str, asked: dict[str, str]
) -> None:
    answer = ask(app, path, "OPTIONS", asked)

    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers == {
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
        "strict-transport-security": "max-age=31536000",
        "cross-origin-opener-policy": "same-origin",
        "cache-control": "public, max-age=86400, s-maxage=86400, stale-if-error=604800",
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "GET, HEAD",
        "access-control-allow-headers": "*, If-None-Match, If-Range, Range",
        "access-control-max-age": "86400",
        "allow": "GET, HEAD, OPTIONS",
    }


@pytest.mark.parametrize(
    "path", [path for path, answer in ANSWERS.items() if OPEN.items() <= answer[3].items()]
)
def test_a_304_may_be_read_by_other_sites(app: AsgiApp, path: str) -> None:
    answer = ask(app, path, headers={"if-none-match": "*"})

    assert answer.status == (304 if ANSWERS[path][0] == 200 else ANSWERS[path][0])
    assert {name: answer.headers[name] for name in OPEN} == OPEN


@pytest.mark.promise("P21", "policies without exceptions")
def test_the_policy_names_a_hash_and_no_exception() -> None:
    assert "unsafe" not in CSP
    assert "default-src 'none'" in CSP
    assert "*" not in CSP


@pytest.mark.promise("P21", "pages without styles in attributes or handlers of events")
@pytest.mark.parametrize("path", [p for p, answer in ANSWERS.items() if answer[1] == d.HTML])
def test_no_page_needs_an_exception(app: AsgiApp, path: str) -> None:
    text = ask(app, path).text

    assert " style=" not in text
    assert text.count("<style") == 1


@pytest.mark.promise("P4", "kinds of answers that outlive a failing origin, and errors that do not")
@pytest.mark.parametrize("path", ANSWERS)
def test_cacheable_answers_except_errors_allow_stale_if_error(path: str) -> None:
    status, _, lives, _ = ANSWERS[path]
    if status >= 400:
        assert lives == d.ERROR_CACHE
    else:
        assert lives == d.NO_CACHE or "stale-if-error=604800" in lives or "immutable" in lives
