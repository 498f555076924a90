"""Every pattern of the code, and texts that make it backtrack, of the pattern's own repeats."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

_parser: Any = import_module("re._parser")
_CATEGORIES = {"DIGIT": "1", "SPACE": " ", "WORD": "a", "NOT_DIGIT": "a", "NOT_SPACE": "a"}
_USES = ("fullmatch", "match", "search", "sub", "split", "findall", "finditer")
_MIN_UNBOUNDED = 50


def sources_with_patterns(*folders: Path) -> list[Path]:
    """Return the files in folders that import `re`."""
    files = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    return [path for path in files if "import re\n" in path.read_text("utf-8")]


def patterns_of(paths: Iterable[Path], root: Path) -> dict[str, re.Pattern[Any]]:
    """Return each pattern among the values of modules and in what these hold, by a name."""
    found: dict[re.Pattern[Any], str] = {}
    for path in paths:
        module = ".".join(path.relative_to(root).with_suffix("").parts)
        for name, value in vars(import_module(module)).items():
            for number, pattern in enumerate(_patterns_in(value)):
                found.setdefault(pattern, f"{module}.{name}{number or ''}")
    return {name: pattern for pattern, name in found.items()}


def uses_of(name: str, root: Path) -> list[str]:
    """Return the methods that the code calls on a pattern, of one in a table any."""
    module, _, variable = name.rpartition(".")
    path = root / Path(*module.split(".")).with_suffix(".py")
    called = re.findall(rf"\b{variable}\.({'|'.join(_USES)})\b", path.read_text("utf-8"))
    return sorted(set(called)) or ["fullmatch", "search"]


def _patterns_in(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from _patterns_in([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _patterns_in(item)


def hidden_calls(path: Path) -> list[str]:
    """Return the lines of a file that use `re` where `patterns_of` finds no pattern."""
    tree = ast.parse(path.read_text("utf-8"))
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    }
    return [
        f"{path.name}:{node.lineno}: re.{node.func.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr != "escape"
        and (node.func.attr != "compile" or id(node) in inside)
    ]


def hostile_texts(pattern: re.Pattern[Any], length: int) -> Iterator[str]:
    """Yield texts of about a length in which a part that repeats does, and then does not end."""
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    for before, repeated in dict.fromkeys(_repeats(tree, "")):
        for unit in (repeated, f"{repeated} ", f"{before}{repeated}"):
            for end in ("", "\0", "\n!"):
                yield before + unit * (length // len(unit)) + end


def _repeats(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """Yield a text that matches what stands before each long repeat, and one that it repeats."""
    for operator, argument in tree:
        name = str(operator)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, most, inner = argument
            yield from _repeats(inner, before)
            if most > _MIN_UNBOUNDED:
                yield from ((before, unit) for unit in _units(inner))
        elif name == "SUBPATTERN":
            yield from _repeats(argument[-1], before)
        elif name == "BRANCH":
            for branch in argument[1]:
                yield from _repeats(branch, before)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _repeats(argument[1], before)
        before += _sample([(operator, argument)])


def _units(tree: Any) -> Iterator[str]:
    """Yield texts that a repeated part matches: of a class, one for each of its items."""
    operator, argument = tree[0]
    if len(tree) == 1 and str(operator) == "IN":
        yield from filter(None, (_sample([item]) for item in argument))
    unit = _sample(tree)
    if unit:
        yield unit


def _sample(tree: Any) -> str:
    """Return a short text that a parsed pattern matches, roughly."""
    return "".join(_sample_of(str(operator), argument) for operator, argument in tree)


def _sample_of(name: str, argument: Any) -> str:
    sample = _SAMPLES.get(name)
    return sample(argument) if sample else ""


def _outside(negated: Any) -> str:
    """Return a character that a negated class matches, where one of these does."""
    items = {_sample([item]) for item in negated[1:]}
    return next((each for each in "a1-! " if each not in items), "")


def _sample_class(argument: Any) -> str:
    is_negated = str(argument[0][0]) == "NEGATE"
    return _outside(argument) if is_negated else _sample([argument[0]])


def _sample_repeat(argument: Any) -> str:
    least, _, inner = argument
    times: int = max(1, min(least, 10))
    return _sample(inner) * times


_SAMPLES: Mapping[str, Callable[[Any], str]] = {
    "LITERAL": chr,
    "NOT_LITERAL": lambda literal: "b" if literal == ord("a") else "a",
    "ANY": lambda _: "a",
    "RANGE": lambda ends: chr(ends[0]),
    "CATEGORY": lambda name: _CATEGORIES.get(str(name).removeprefix("CATEGORY_"), "!"),
    "IN": _sample_class,
    "BRANCH": lambda branches: _sample(branches[1][0]),
    "SUBPATTERN": lambda group: _sample(group[-1]),
    "ATOMIC_GROUP": _sample,
    "MAX_REPEAT": _sample_repeat,
    "MIN_REPEAT": _sample_repeat,
    "POSSESSIVE_REPEAT": _sample_repeat,
}
