"""Serves CloudFormation, S3, Lambda and STS on this machine with moto, until it is terminated.

Usage: local_cloudformation.py PORT, run by the Python of moto's environment.

moto reads no TemplateURL of another host than S3's own, knows no transform, and lacks some kinds of
resources. Here, a template is read from moto's S3 wherever its URL points, SAM's translator
transforms it, and kinds that moto lacks have stand-ins, which remember nothing but their names. It
prints these kinds. A stack that a change set made has outputs, and resources that moto cannot
update stay as they are. Functions are not run: an invocation returns its payload.
"""

import os
import sys
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from moto.cloudformation import models, parsing, responses
from moto.core.config import default_user_config
from moto.s3.models import s3_backends
from moto.server import main
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

CLOUDFRONT_DOMAIN = "d111111abcdef8.cloudfront.net"

_parse_plain = models.Stack.parse_template
_execute_change_set = models.CloudFormationBackend.execute_change_set
_update_resource = parsing.parse_and_update_resource


class StandIn:
    """A resource of a kind that moto lacks."""

    def __init__(self, name: str) -> None:
        self.physical_resource_id = name
        self.arn = f"arn:aws:local:::{name}"

    def get_cfn_attribute(self, attribute: str) -> str:
        if attribute == "DomainName":
            return CLOUDFRONT_DOMAIN
        return f"{self.physical_resource_id}.{attribute}"

    def is_created(self) -> bool:
        return True


class StandInKind:
    """What moto asks of the class of a kind."""

    @staticmethod
    def cloudformation_name_type() -> str:
        return ""

    @classmethod
    def has_cfn_attr(cls, _attribute: str) -> bool:
        return True

    @classmethod
    def create_from_cloudformation_json(
        cls, name: str, *_arguments: Any, **_options: Any
    ) -> StandIn:
        return StandIn(name)

    @classmethod
    def update_from_cloudformation_json(
        cls, original_resource: StandIn, **_options: Any
    ) -> StandIn:
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, *_arguments: Any) -> None:
        """Forget it."""


@cache
def stand_in(kind: str) -> type[StandInKind]:
    """Return the class for a kind that moto lacks, and print the kind."""
    print("stands in for", kind, flush=True)
    return StandInKind


def resource_class(kind: str) -> Any:
    return parsing.get_model_map().get(kind) or stand_in(kind)


def parse_template(text: str) -> dict[str, Any]:
    """Return a template as CloudFormation makes it of SAM's."""
    template: dict[str, Any] = _parse_plain(text)
    if "Transform" not in template:
        return template
    parameters = template.get("Parameters", {})
    for said in parameters.values():
        # CloudFormation's parameters are text, also those of type Number, which moto converts.
        said |= {"Type": "String", "Default": str(said["Default"])}
    defaults = {name: said["Default"] for name, said in parameters.items()}
    transformed: dict[str, Any] = Translator({}, Parser()).translate(template, defaults)
    return transformed


def parse_change_set(change_set: Any) -> None:
    change_set.template_dict = parse_template(change_set.template)


def read_template(response: Any, url: str) -> str:
    bucket, _, key = urlsplit(url).path.lstrip("/").partition("/")
    stored = s3_backends[response.current_account][response.partition].get_object(bucket, key)
    return str(stored.value.decode("utf-8"))


def execute_change_set(backend: Any, change_set_name: str, stack_name: str) -> None:
    _execute_change_set(backend, change_set_name, stack_name)
    stack = backend.get_stack(stack_name)
    stack._parse_template()
    stack.output_map = stack._create_output_map()


def update_resource(logical_id: str, said: Any, resources: Any, *where: str, **named: str) -> Any:
    updated = _update_resource(logical_id, said, resources, *where, **named)
    return updated or resources[logical_id]


parsing.resource_class_from_type = resource_class
parsing.parse_and_update_resource = update_resource
models.CloudFormationBackend.execute_change_set = execute_change_set
models.Stack.parse_template = staticmethod(parse_template)
models.ChangeSet._parse_template = parse_change_set
responses.CloudFormationResponse._get_stack_from_s3_url = read_template
# The translator wants a region, for its partition alone.
os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
default_user_config["lambda"]["use_docker"] = False
main(["--port", sys.argv[1]])
