"""Templates that run without Jinja render what Jinja renders, and are at least as strict."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.domain.invisible import strip_invisible
from handler.web.rendering.compiler import compile_template
from handler.web.rendering.template_runtime import Environment, Markup, escape
from handler.web.rendering.templates import FILTERS

HOSTILE = """<b>&amp; "it's"</b>"""


class Model(NamedTuple):
    """An object with attributes."""

    name: str
    added: date | None = None


VALUES: dict[str, Any] = {
    "text": HOSTILE,
    "none_": None,
    "number": 1234.5,
    "empty": [],
    "pairs": [("a", HOSTILE), ("b", 2)],
    "mapping": {"key": HOSTILE, True: "yes"},
    "model": Model(HOSTILE, date(2026, 1, 2)),
    "models": [Model("one"), Model(HOSTILE, date(2025, 1, 1)), Model("three")],
    "trusted": Markup("<i>trusted</i>"),
    "range": range,
}
PARTS = {
    "base.html": "<title>{% block title %}base{% endblock %}</title>\n"
    "{% block main %}{{ text }}{% endblock %}|{% block foot %}<hr>{% endblock %}\n",
    "macros.html": "{% macro known(value) %}{% if value is none %}<i>-</i>{% else %}{{ value }}"
    "{% endif %}{% endmacro %}\n"
    "{% macro twice(value) %}{{ known(value) }}{{ known(value) }}{% endmacro %}\n"
    '{% macro link(url, label="a label", kind="") %}<a href="{{ url }}"'
    '{% if kind %} class="{{ kind }}"{% endif %}>{{ label }}</a>{% endmacro %}\n'
    "{% macro box(name) %}<p>{{ name }}: {{ caller() }}</p>{% endmacro %}\n",
    "part.html": '{% from "macros.html" import known %}{{ known(text) }} {{ local }} {{ item }}',
    "outer.html": '{% set item = 3 %}{% include "part.html" %}',
    "plain.html": "[{{ text }}]",
}
MACROS = '{% from "macros.html" import known, twice, link, box %}'
TEMPLATES = {
    "text": "{{ text }} {{ trusted }} {{ none_ }} {{ number }} {{ mapping }}",
    "attributes and items": '{{ model.name }} {{ pairs[0][1] }} {{ mapping["key"] }}{{ text[:1] }}',
    "calls": '{{ model.added.isoformat() }} {{ "{:,}".format(number) }}{{ text.split("=", 1)[0] }}',
    "named arguments of a call": '{{ text.split(sep="&", maxsplit=1) | length }}',
    "an inline condition": '{{ "a" if text }}{{ "b" if empty }}{{ "c" if empty else text }}',
    "conditions": "{% if empty %}a{% elif none_ is none %}b{% else %}c{% endif %}{{ not text }}",
    "comparisons": "{{ 1 < number <= 2000 }} {{ 'a' in text }} {{ 'x' not in text }}",
    "arithmetic": "{{ number + 1 }} {{ -number }} {{ 2 * 3 - number }}",
    "a loop": "{% for model in models %}{{ model.name }}, {% endfor %}{% for a, b in pairs %}"
    "{{ a }}{{ b }}{% endfor %}{% for x in range(1, 4) %}{{ x }}{% endfor %}",
    "an empty loop": "{% for x in empty %}{{ x }}{% else %}nothing{% endfor %}",
    "the loop variable": "{% for m in models %}{{ loop.index }}{{ loop.index0 }}{{ loop.first }}"
    "{{ loop.last }}{% if not loop.last %}, {% endif %}{% endfor %}",
    "loops in loops": "{% for m in models %}{% for n in models %}{{ loop.index }}{{ m.name }}"
    "{% endfor %}{{ loop.index }}{% endfor %}",
    "a variable": "{% set x = text %}{% set a, b = pairs %}{{ x }}{{ a[1] }}{{ b[1] }}",
    "a variable of a loop": "{% for m in models %}{% set x = m.name %}{{ x }}{% endfor %}",
    "a block of text as a variable": "{% set x %}<i>{{ text }}</i>{% endset %}{{ x }}",
    "a macro": MACROS + "{{ known(text) }}{{ known(none) }}{{ twice(text) }}{{ known(trusted) }}",
    "arguments of macros": MACROS
    + '{{ link(text) }}{{ link("/", kind="a") }}{{ link(label=text, url="/b") }}',
    "a macro with a body": MACROS + "{% call box(text) %}<b>{{ model.name }}</b>{% endcall %}",
    "a macro of the same template": "{% macro m(x) %}{{ x }}{{ text }}{% endmacro %}{{ m(1) }}",
    "a macro in a loop": MACROS + "{% for m in models %}{{ known(m.added) }}{% endfor %}",
    "inclusion": '{% set local = 1 %}{% set item = 2 %}{% include "part.html" %}',
    "inclusion in a loop": '{% set local = 1 %}{% for item in range(2) %}{% include "part.html" %}'
    "{% endfor %}",
    "nested inclusion": '{% set local = 1 %}{% include "outer.html" %}',
    "inclusion in a macro": '{% macro m() %}{% include "plain.html" %}{% endmacro %}{{ m() }}',
    "inheritance": '{% extends "base.html" %}{% block main %}<b>{{ text }}</b>{% endblock %}'
    "{% block title %}{{ model.name }}{% endblock %}",
    "inheritance with macros": '{% extends "base.html" %}{% from "macros.html" import known %}'
    "{% macro own(x) %}<{{ x }}>{% endmacro %}"
    "{% block main %}{% set local = 1 %}{% for item in range(2) %}{{ known(item) }}{{ own(text) }}"
    '{% include "part.html" %}{% endfor %}{% endblock %}',
    "safe text": "{{ text | safe }}",
    "comments and white space": "a\n  {# c #}\n  {% if text %}\n  b\n  {% endif %}\n d {{- 1 }}",
}


def folder_with(folder: Path, template: str) -> Path:
    for name, text in {**PARTS, "page.html": template}.items():
        (folder / name).write_text(text)
    return folder


def render(folder: Path, template: str, values: Mapping[str, Any] = VALUES) -> str:
    namespace: dict[str, Any] = {}
    exec(compile_template(folder_with(folder, template), "page.html"), namespace)  # noqa: S102 - ours
    return Environment(namespace["TEMPLATES"], FILTERS, {}).render("page.html", values)


def render_with_jinja(template: str) -> str:
    environment = jinja2.Environment(
        loader=jinja2.DictLoader({**PARTS, "page.html": template}),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    trusted = markupsafe.Markup("<i>trusted</i>")
    return environment.get_template("page.html").render({**VALUES, "trusted": trusted})


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_template_renders_the_same_as_by_jinja(template: str, tmp_path: Path) -> None:
    assert render(tmp_path, template) == render_with_jinja(template) != ""


@pytest.mark.parametrize(
    ("template", "error"),
    [
        ("{{ absent }}", "'absent' is undefined"),
        ("{{ absent.name }}", "'absent' is undefined"),
        ("{% if absent %}{% endif %}", "'absent' is undefined"),
        ("{% for x in absent %}{% endfor %}", "'absent' is undefined"),
        ("{{ absent | length }}", "'absent' is undefined"),
        ("{{ model.absent }}", "no attribute 'absent'"),
        ("{% if model.absent %}{% endif %}", "no attribute 'absent'"),
        ("{{ mapping.key }}", "no attribute 'key'"),
        ('{{ mapping["absent"] }}', "absent"),
        ("{{ pairs[7] }}", "out of range"),
        ("{% for x in pairs %}{{ loop.length }}{% endfor %}", "no attribute 'length'"),
        ("{% for x in pairs %}{% endfor %}{{ x }}", "'x' is undefined"),
        ("{% if empty %}{% set x = 1 %}{% endif %}{{ x }}", "'x' is undefined"),
        (MACROS + "{{ known() }}", "parameter 'value' was not provided"),
        (MACROS + "{{ known(1, 2) }}", "takes 1 positional argument"),
        (MACROS + "{{ known(value=1, other=2) }}", "no argument 'other'"),
        ('{% from "macros.html" import absent %}{{ absent(1) }}', "absent"),
        ("{{ number | upper }}", "str"),
        ('{% include "part.html" %}', "'local' is undefined"),
    ],
)
def test_unknown_name_raises(template: str, error: str, tmp_path: Path) -> None:
    with pytest.raises((NameError, AttributeError, LookupError, TypeError), match=error):
        render(tmp_path, template)


@given(st.one_of(st.text(), st.text("<>&'\"a"), st.integers(), st.none(), st.floats()))
def test_visible_text_is_escaped_as_by_markupsafe(value: object) -> None:
    shown = None if value is None else strip_invisible(str(value))
    assert escape(value) == str(markupsafe.escape(shown))


def test_only_markup_itself_is_not_escaped_again() -> None:
    markup = Markup("<i>")

    assert escape(markup) == "<i>"
    assert [escape(text) for text in (markup[:1], markup + "", markup.upper())] == [
        "&lt;",
        "&lt;i&gt;",
        "&lt;I&gt;",
    ]
