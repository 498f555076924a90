"""Prints a random sample of mutations, as JSON lines. Runs in Cosmic Ray's environment.

Arguments: the seed, the number of mutations, and the files to mutate.
"""

import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

# Annotations have `|`; removed decorators are mostly those of types. The one of exceptions fails on
# dotted names.
_LEFT_OUT = ("_Is", "BitOr", "RemoveDecorator", "Variable", "ExceptionReplacer")

# A file, an operator, the index of the place in the file that it changes, and its line.
Mutation = tuple[str, str, int, int]


def main(arguments: Sequence[str]) -> None:
    seed, count, *files = arguments
    mutations = [mutation for file in files for mutation in find_mutations(Path(file))]
    chosen = random.Random(int(seed)).sample(mutations, min(int(count), len(mutations)))  # noqa: S311
    for file, name, occurrence, line in chosen:
        code = mutate_code(Path(file).read_text("utf-8"), get_operator(name)(), occurrence)
        if code is not None:
            print(json.dumps({"file": file, "line": line, "operator": name, "code": code}))


def find_mutations(path: Path) -> Iterator[Mutation]:
    """Yield each mutation of a file, in a fixed order."""
    nodes = list(ast_nodes(get_ast(path.read_text("utf-8"))))
    for name in sorted(operator_names()):
        operator = get_operator(name)
        if operator.arguments() or any(part in name for part in _LEFT_OUT):
            continue
        places = (place for node in nodes for place in operator().mutation_positions(node))
        for occurrence, (start, _) in enumerate(places):
            yield str(path), name, occurrence, start[0]


if __name__ == "__main__":
    main(sys.argv[1:])
