import shutil
from pathlib import Path

from handler.bootstrap.render import TEMPLATES
from handler.services.catalog_cache import CachedCatalog
from handler.web.app import create_app
from handler.web.rendering.templates import compile_templates
from tests.support.asgi import ask
from tests.support.builders import HERMES, MemoryStore, catalog_bytes

SITE = "https://previews.example.org"
PATHS = ["/", "/nousresearch/hermes-4-405b", "/methodology", "/no/such", "/api"]
PATHS += ["/feed.xml", "/llms.txt", "/sitemap.xml", "/nousresearch/hermes-4-405b/badge.svg"]
PATHS += ["/nousresearch/hermes-4-405b/preview"]


def test_compiled_templates_render_the_same_and_need_no_source(tmp_path: Path) -> None:
    compiled = tmp_path / "templates"
    shutil.copytree(TEMPLATES, compiled)
    compile_templates(compiled)
    for source in compiled.glob("*.[hxt]*"):
        source.unlink()

    store = MemoryStore(catalog_bytes([HERMES]))
    ours, theirs = (
        create_app(CachedCatalog(store, lambda: 0.0), folder, SITE)
        for folder in (TEMPLATES, compiled)
    )

    assert [ask(theirs, path) for path in PATHS] == [ask(ours, path) for path in PATHS]


def test_a_page_may_load_the_manifest_that_its_head_names() -> None:
    app = create_app(
        CachedCatalog(MemoryStore(catalog_bytes([HERMES])), lambda: 0.0), TEMPLATES, SITE
    )
    answer = ask(app, "/")

    assert '<link rel="manifest" href="/site.webmanifest">' in answer.text
    assert "manifest-src 'self';" in answer.headers["content-security-policy"]
