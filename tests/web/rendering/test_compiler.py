"""The compiler takes what the runtime can run, and no more."""

import types
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest

from handler.web.rendering.compiler import compile_template, compile_templates
from handler.web.rendering.templates import COMPILED, file_name
from tests.support.constants import TEMPLATES

RENDERED = [
    path.relative_to(TEMPLATES).as_posix()
    for folder in ("pages", "files")
    for path in sorted((TEMPLATES / folder).iterdir())
]


def test_every_rendered_template_has_a_module_with_all_its_parts(tmp_path: Path) -> None:
    for folder in ("pages", "files", "partials"):
        (tmp_path / folder).mkdir()
    (tmp_path / "pages/a.html").write_text('{% extends "partials/base.html" %}')
    (tmp_path / "partials/base.html").write_text('{% include "partials/part.html" %}')
    (tmp_path / "partials/part.html").write_text("<b>")
    (tmp_path / "files/b.xml").write_text("<c/>")

    compile_templates(tmp_path)

    written = {path.name: path.read_text() for path in (tmp_path / COMPILED).iterdir()}
    assert set(written) == {"pages_a_html.py", "files_b_xml.py"}
    namespace: dict[str, dict[str, object]] = {}
    exec(written["pages_a_html.py"], namespace)  # noqa: S102 - written above
    assert set(namespace["TEMPLATES"]) == {
        "pages/a.html",
        "partials/base.html",
        "partials/part.html",
    }


def global_names(code: types.CodeType) -> Iterator[str]:
    """Yield the names that code and the functions in it look up as globals or attributes."""
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from global_names(constant)
    yield from code.co_names


@pytest.mark.parametrize("name", RENDERED)
def test_compiled_templates_use_no_part_of_jinja_itself(name: str) -> None:
    code = compile(compile_template(TEMPLATES, name), name, "exec")

    imported = set(code.co_names)
    assert set(global_names(code)) & {"jinja2", *jinja2.runtime.exported} <= imported
    assert "jinja2" not in imported


def test_names_of_files_are_those_of_modules() -> None:
    assert file_name("pages/model.html") == "pages_model_html.py"


@pytest.mark.parametrize(
    ("template", "error"),
    [
        ("{% include name %}", "names another one by an expression"),
        ("{{ f(*values) }}", "cannot unpack arguments"),
        ("{{ text | tojson }}", "no filter named 'tojson'"),
        ("{% if text is defined %}{% endif %}", "no test named 'defined'"),
    ],
)
def test_what_the_runtime_lacks_is_refused(template: str, error: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(template)

    with pytest.raises((ValueError, jinja2.TemplateSyntaxError), match=error):
        compile_template(tmp_path, "a.html")
