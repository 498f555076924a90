from graphlib import CycleError, TopologicalSorter

import pytest

from tests.support.deployment.stack import Resource, Stack, named_in


@pytest.mark.parametrize(
    ("resource", "names"),
    [
        ({"Properties": {"A": {"Ref": "Other"}}}, {"Other"}),
        ({"Properties": {"A": [{"Fn::GetAtt": ["Other", "Arn"]}]}}, {"Other"}),
        ({"Properties": {"A": {"Fn::GetAtt": "Other.Arn"}}}, {"Other"}),
        ({"Properties": {"A": {"Fn::Sub": "x${Other}y${One.Arn}"}}}, {"Other", "One"}),
        ({"Properties": {"A": {"Fn::Sub": ["${x}", {"x": {"Ref": "Other"}}]}}}, {"Other"}),
        ({"Properties": {"A": {"Fn::If": ["Condition", {"Ref": "Other"}, 1]}}}, {"Other"}),
        ({"DependsOn": "Other"}, {"Other"}),
        ({"DependsOn": ["Other", "One"]}, {"Other", "One"}),
        ({"Properties": {"A": "Other", "B": {"Fn::Sub": "${!Literal}"}}}, set()),
    ],
    ids=[
        "ref",
        "attribute",
        "dotted",
        "sub",
        "sub with variables",
        "if",
        "depends on",
        "depends on two",
        "none",
    ],
)
def test_every_kind_of_reference_is_found(resource: Resource, names: set[str]) -> None:
    assert set(named_in(resource)) == names


def test_circular_reference_is_found() -> None:
    stack = Stack({"Resources": {"A": {"X": {"Ref": "B"}}, "B": {"X": {"Fn::Sub": "${A.Arn}"}}}})

    with pytest.raises(CycleError):
        TopologicalSorter(stack.references()).prepare()
