"""Prints a random sample of mutations, as JSON lines. Runs in Cosmic Ray's environment.

Arguments: the seed, the number of mutations, and the files to mutate.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

# Annotations have `|`; removed decorators are mostly those of types. The one of exceptions fails on
# dotted names.
_LEFT_OUT = ("_Is", "BitOr", "RemoveDecorator", "Variable", "ExceptionReplacer")

# A file, an operator, the index of the place in the file that it changes, its line, and its name.
Mutation = tuple[str, str, int, int, str]


def main(arguments: Sequence[str]) -> None:
    seed, count, *files = arguments
    mutations = [mutation for file in files for mutation in find_mutations(Path(file))]
    chosen = sorted(mutations, key=lambda mutation: _rank(seed, mutation))[: int(count)]
    for file, operator, occurrence, line, _ in chosen:
        code = mutate_code(Path(file).read_text("utf-8"), get_operator(operator)(), occurrence)
        if code is not None:
            print(json.dumps({"file": file, "line": line, "operator": operator, "code": code}))


def find_mutations(path: Path) -> Iterator[Mutation]:
    """Yield each mutation of a file. Edits of other lines do not change its name."""
    code = path.read_text("utf-8")
    lines, nodes = code.splitlines(), list(ast_nodes(get_ast(code)))
    for operator in sorted(operator_names()):
        mutate = get_operator(operator)
        if mutate.arguments() or any(part in operator for part in _LEFT_OUT):
            continue
        places = (place for node in nodes for place in mutate().mutation_positions(node))
        equal_lines: Counter[str] = Counter()
        for occurrence, ((line, _), _) in enumerate(places):
            text = lines[line - 1].strip()
            equal_lines[text] += 1
            yield str(path), operator, occurrence, line, f"{text} {equal_lines[text]}"


def _rank(seed: str, mutation: Mutation) -> bytes:
    """Return the place of a mutation in the random order: new code hardly changes a sample."""
    file, operator, _, _, name = mutation
    return hashlib.sha256("\n".join((seed, file, operator, name)).encode()).digest()


if __name__ == "__main__":
    main(sys.argv[1:])
