"""Runs templates that Jinja compiled to Python. Importing Jinja takes a quarter of the
processor time of a cold page.

Jinja's compiler (see `compiler`) determines the names here, most signatures and `missing`, which
stands for a variable without a value. Templates are strict: undefined names and attributes raise.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any, NoReturn

from handler.domain.invisible import strip_invisible

Values = Mapping[str, Any]
Render = Callable[["Context"], Iterator[str]]
Factory = Callable[["Environment"], "Template"]

missing: Any = object()


class UndefinedVariable(NameError):
    """A template uses a variable that its view does not pass."""


class Markup(str):
    """Text that needs no escaping. What is made of it, as by slicing, is plain text again."""

    __slots__ = ()


def escape(value: object) -> str:
    """Return the text of a value, escaped for HTML and XML like MarkupSafe does it.

    Invisible characters are left out: see `domain.invisible`.
    """
    if type(value) is Markup:
        return value
    return (
        strip_invisible(str(value))
        .replace("&", "&amp;")
        .replace(">", "&gt;")
        .replace("<", "&lt;")
        .replace("'", "&#39;")
        .replace('"', "&#34;")
    )


def identity(value: Any) -> Any:
    """Return the value: Jinja's alternative to Markup where nothing is escaped."""
    return value


def undefined(message: str = "", name: str = "") -> NoReturn:
    """Raise UndefinedVariable."""
    raise UndefinedVariable(message or f"{name!r} is undefined")


def Undefined(_message: str) -> str:  # noqa: N802 - a class in Jinja
    """Return the value of `"text" if condition` where the condition is false."""
    return ""


def Macro(  # noqa: N802 - likewise
    _environment: "Environment",
    function: Callable[..., str],
    name: str | None,
    arguments: tuple[str, ...],
    *options: object,
) -> Callable[..., Markup]:
    """Return a macro as a function that takes its arguments by position or by name."""
    names = (*arguments, "caller") if options[2] else arguments

    def call(*values: Any, **named: Any) -> Markup:
        if len(values) < len(names):
            values += tuple(named.pop(name, missing) for name in names[len(values) :])
        if named:
            raise TypeError(f"macro {name!r} takes no argument {next(iter(named))!r}")
        return Markup(function(*values))

    return call


class LoopContext:
    """The variable `loop` of a `for`, beside each item."""

    def __init__(self, items: Iterable[Any], _undefined: object) -> None:
        self._items = list(items)
        self.index = 0

    def __iter__(self) -> Iterator[tuple[Any, "LoopContext"]]:
        for item in self._items:
            self.index += 1
            yield item, self

    @property
    def index0(self) -> int:
        """The number of items before this one."""
        return self.index - 1

    @property
    def first(self) -> bool:
        """Whether this is the first item."""
        return self.index == 1

    @property
    def last(self) -> bool:
        """Whether this is the last item."""
        return self.index == len(self._items)


class Context:
    """The variables and blocks of one template while it is rendered."""

    eval_ctx = SimpleNamespace(autoescape=True)

    def __init__(self, parent: dict[str, Any], blocks: Mapping[str, Render]) -> None:
        self.parent = parent
        self.blocks = {name: [block] for name, block in blocks.items()}
        self.vars: dict[str, Any] = {}
        self.exported_vars: set[str] = set()

    def resolve_or_missing(self, name: str) -> Any:
        """Return the value of a variable."""
        if name in self.vars:
            return self.vars[name]
        return self.parent.get(name, missing)


class Template:
    """One template: its main function, and one for each block."""

    def __init__(
        self, environment: "Environment", name: str, root: Render, blocks: Mapping[str, Render]
    ) -> None:
        self._environment = environment
        self._name = name
        self.root_render_func = root
        self.blocks = blocks
        self._module: SimpleNamespace | None = None

    def render(self, values: dict[str, Any]) -> str:
        """Return the text of the template with these variables."""
        return "".join(self.root_render_func(Context(values, self.blocks)))

    def _get_default_module(self, _context: Context) -> SimpleNamespace:
        """Return what `from … import` may take: macros, which see the global variables."""
        if self._module is None:
            own = Context(self._environment.variables, self.blocks)
            "".join(self.root_render_func(own))
            exported = {name: own.vars[name] for name in own.exported_vars}
            self._module = SimpleNamespace(**exported, __name__=self._name)
        return self._module


class Environment:
    """What the templates of a page share: filters, tests, global variables, each other."""

    concat = "".join
    undefined = staticmethod(undefined)

    def __init__(
        self, factories: Mapping[str, Factory], filters: Values, variables: dict[str, Any]
    ) -> None:
        self._templates = {name: create(self) for name, create in factories.items()}
        self.filters = filters
        self.tests = TESTS
        self.variables = variables

    def get_template(self, name: str, _user: str) -> Template:
        """Return a template by its name."""
        return self._templates[name]

    def render(self, name: str, values: Values) -> str:
        """Return the text of a template with these variables."""
        return self._templates[name].render({**self.variables, **values})

    def include(self, name: str, context: Context, local: Values) -> str:
        """Return the text of a template with all variables of the one that includes it."""
        known = {name: value for name, value in local.items() if value is not missing}
        return self._templates[name].render({**context.parent, **context.vars, **known})


TESTS: Values = {"none": lambda value: value is None}
