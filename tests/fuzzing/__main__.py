"""Fuzzes one target: `python -m tests.fuzzing TARGET CORPUS`, then libFuzzer's own options."""

import sys

import atheris

with atheris.instrument_imports(include=["handler"]):
    from tests.fuzzing.targets import TARGETS

from tests.fuzzing.mutating import mutated


def mutate(data: bytes, largest: int, seed: int) -> bytes:
    return mutated(data, largest, seed, atheris.Mutate)


def main() -> None:
    program, target, *options = sys.argv
    atheris.Setup([program, *options], TARGETS[target], custom_mutator=mutate)
    atheris.Fuzz()


main()
