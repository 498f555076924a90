"""What AWS makes of template.yaml: resources, what each refers to, and what roles may do."""

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.support.constants import PROJECT

_SCRIPT = Path(__file__).with_name("transform_template.py")
_IN_SUB = re.compile(r"\$\{([A-Za-z0-9:]+)(?:\.[A-Za-z0-9.]+)?\}")

Resource = dict[str, Any]


@dataclass(frozen=True)
class Stack:
    """A transformed template: plain CloudFormation, with its functions unresolved."""

    template: Mapping[str, Any]

    @cached_property
    def resources(self) -> dict[str, Resource]:
        return dict(self.template["Resources"])

    def of_type(self, kind: str) -> dict[str, Any]:
        """Return the properties of each resource of a type, such as AWS::SQS::Queue, by name."""
        return {
            name: resource.get("Properties", {})
            for name, resource in self.resources.items()
            if resource["Type"] == kind
        }

    def references(self) -> dict[str, set[str]]:
        """Return the resources that each resource waits for."""
        return {
            name: {other for other in named_in(resource) if other in self.resources}
            for name, resource in self.resources.items()
        }

    def statements(self, role: str) -> Iterator[dict[str, Any]]:
        """Yield what the policies of a role say."""
        for policy in self.resources[role]["Properties"].get("Policies", []):
            yield from policy["PolicyDocument"]["Statement"]


def transformed(sam_python: Path, template: Path = PROJECT / "template.yaml") -> Stack:
    """Return the template as the translator of SAM's own environment transforms it."""
    printed = subprocess.run(
        [sam_python, _SCRIPT, template],
        env={**os.environ, "AWS_DEFAULT_REGION": "us-east-1"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return Stack(json.loads(printed.stdout))


def named_in(value: Any) -> Iterator[str]:
    """Yield the names that Ref, Fn::GetAtt, Fn::Sub and DependsOn of a resource stand on."""
    if isinstance(value, list):
        for item in value:
            yield from named_in(item)
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _NAMED.get(key, named_in)(inner)


def _of_attribute(inner: str | list[str]) -> Iterator[str]:
    yield inner.split(".")[0] if isinstance(inner, str) else inner[0]


def _of_text(inner: str | list[Any]) -> Iterator[str]:
    text, variables = (inner, {}) if isinstance(inner, str) else inner
    yield from set(_IN_SUB.findall(text)) - set(variables)
    yield from named_in(variables)


_NAMED: dict[str, Callable[[Any], Iterator[str]]] = {
    "Ref": lambda name: iter([name]),
    "DependsOn": lambda names: iter(listed(names)),
    "Fn::GetAtt": _of_attribute,
    "Fn::Sub": _of_text,
}


def listed(value: Any) -> list[Any]:
    """Return what a policy names, one or several, as a list."""
    return list(value) if isinstance(value, list) else [value]
