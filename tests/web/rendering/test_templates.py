import shutil
from pathlib import Path

from handler.asgi import create_asgi_app
from handler.bootstrap.render import create_site
from handler.web.rendering.compiler import compile_templates
from handler.web.rendering.page_cache import PageCache
from handler.web.rendering.templates import Templates
from tests.support.builders import HERMES, MemoryStore, catalog_bytes
from tests.support.constants import SITE_URL, TEMPLATES
from tests.support.http.asgi import ask, create_app

PATHS = ["/", "/nousresearch/hermes-4-405b", "/changes", "/methodology", "/no/such", "/api"]
PATHS += ["/feed.xml", "/llms.txt", "/sitemap.xml", "/nousresearch/hermes-4-405b/badge.svg"]
PATHS += ["/nousresearch/hermes-4-405b/preview"]


def test_compiled_templates_render_the_same_and_need_no_source(tmp_path: Path) -> None:
    compiled = tmp_path / "templates"
    shutil.copytree(TEMPLATES, compiled)
    compile_templates(compiled)
    for folder in ("pages", "partials", "files"):
        shutil.rmtree(compiled / folder)

    store = MemoryStore(catalog_bytes([HERMES]))
    site = create_site(store, SITE_URL)
    ours = create_asgi_app(site)
    theirs = create_asgi_app(site._replace(templates=Templates(compiled), pages=PageCache()))

    assert [ask(theirs, path) for path in PATHS] == [ask(ours, path) for path in PATHS]


def test_a_page_may_load_the_manifest_that_its_head_names() -> None:
    app = create_app(MemoryStore(catalog_bytes([HERMES])))
    answer = ask(app, "/")

    assert '<link rel="manifest" href="/site.webmanifest">' in answer.text
    assert "manifest-src 'self';" in answer.headers["content-security-policy"]
