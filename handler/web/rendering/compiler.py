"""Compiles templates to Python for `template_runtime`: at build, or where nothing was built.

Nothing else imports Jinja.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from textwrap import indent

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, DependencyFinderVisitor, Frame
from jinja2.meta import find_referenced_templates

from handler.web.rendering.template_runtime import TESTS
from handler.web.rendering.templates import COMPILED, FILTERS, file_name

# The folders of templates that are rendered; others have parts of them.
_RENDERED = ("pages", "files")
_RUNTIME_NAMES = "LoopContext, Macro, Markup, Template, Undefined, escape, identity, missing"
_IMPORT = f"from handler.web.rendering.template_runtime import {_RUNTIME_NAMES}\n"


class _CodeGenerator(CodeGenerator):
    """Writes attributes, items and calls as those of Python, without Jinja's alternatives.

    An included template becomes one string. Unknown filters and tests are errors anywhere.
    """

    def pull_dependencies(self, nodes: Iterable[nodes.Node]) -> None:
        visitor = DependencyFinderVisitor()
        for node in nodes:
            visitor.visit(node)
        self._assign(self.filters, visitor.filters, "filter")
        self._assign(self.tests, visitor.tests, "test")

    def _assign(self, variables: dict[str, str], names: set[str], kind: str) -> None:
        for name in sorted(names):
            if name not in getattr(self.environment, f"{kind}s"):
                self.fail(f"no {kind} named {name!r}", 1)
            if name not in variables:
                variables[name] = self.temporary_identifier()
            self.writeline(f"{variables[name]} = environment.{kind}s[{name!r}]")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        if node.dyn_args or node.dyn_kwargs:
            self.fail("cannot unpack arguments", node.lineno)
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        name, local = node.template.as_const(), self.dump_local_context(frame)
        self.simple_write(f"environment.include({name!r}, context, {local})", frame, node)


def compile_templates(folder: Path) -> None:
    """Write a module for each template of a folder that is rendered, with all parts of it."""
    (folder / COMPILED).mkdir()
    for path in sorted(path for part in _RENDERED for path in (folder / part).iterdir()):
        name = path.relative_to(folder).as_posix()
        (folder / COMPILED / file_name(name)).write_text(compile_template(folder, name), "utf-8")


@cache
def compile_template(folder: str | Path, name: str) -> str:
    """Return Python that defines TEMPLATES: factories of a template and of its parts, by name."""
    names = sorted(_find_parts(folder, name))
    factories = [_compile_factory(folder, n, f"template_{i}") for i, n in enumerate(names)]
    entries = [f"    {name!r}: template_{i},\n" for i, name in enumerate(names)]
    return "\n".join([_IMPORT, *factories, "".join(["TEMPLATES = {\n", *entries, "}\n"])])


def _find_parts(folder: str | Path, name: str) -> set[str]:
    """Return the names of a template and of all that it includes, imports or extends."""
    found, new = set[str](), {name}
    while new:
        found |= new
        new = {part for name in new for part in _references(folder, name)} - found
    return found


def _references(folder: str | Path, name: str) -> Iterator[str]:
    for part in find_referenced_templates(_create_environment().parse(_read(folder, name), name)):
        if part is None:
            raise ValueError(f"template {name} names another one by an expression")
        yield part


def _compile_factory(folder: str | Path, name: str, factory: str) -> str:
    """Return a function that makes a Template, around the functions that Jinja writes."""
    code = _create_environment().compile(_read(folder, name), name, name, raw=True)
    body = code.partition("\n")[2].strip() + "\nreturn Template(environment, name, root, blocks)"
    return f"def {factory}(environment):\n{indent(body, '    ')}\n"


def _read(folder: str | Path, name: str) -> str:
    return Path(folder, name).read_text("utf-8")


@cache
def _create_environment() -> Environment:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.code_generator_class = _CodeGenerator
    environment.filters = dict(FILTERS)
    environment.tests = dict(TESTS)
    return environment
