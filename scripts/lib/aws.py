"""Calls to a stack in AWS: read its outputs, invoke its refresh, invalidate its CDN."""

from collections.abc import Mapping, Sequence
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

# A refresh may take five minutes; a retry would start a second one.
_NO_RETRY = Config(read_timeout=330, retries={"total_max_attempts": 1})

DEFAULT_STACK = "burgee"

AwsError = (BotoCoreError, ClientError)


class StackError(Exception):
    """A call to a stack failed; the message names the stack and what is wrong."""


def client(service: str) -> Any:
    """Return a client for an AWS service, with the credentials and region that boto3 finds."""
    return boto3.client(service, config=_NO_RETRY)  # type: ignore[call-overload]


def stack_outputs(cloudformation: Any, stack: str) -> dict[str, str]:
    """Return the outputs of a stack by name. Raises StackError if there is no such stack."""
    try:
        (description,) = cloudformation.describe_stacks(StackName=stack)["Stacks"]
    except AwsError as error:
        raise StackError(f"cannot read the outputs of the stack {stack}: {error}") from error
    return {item["OutputKey"]: item["OutputValue"] for item in description.get("Outputs", [])}


def require_output(outputs: Mapping[str, str], name: str, stack: str) -> str:
    """Return one output. Raises StackError if the stack has no output of that name."""
    if name not in outputs:
        raise StackError(f"the stack {stack} has no output {name}")
    return outputs[name]


def invalidate(cloudfront: Any, distribution: str, paths: Sequence[str], reference: str) -> str:
    """Invalidate these paths in the CDN's caches, and return the id of the invalidation."""
    batch = {"Paths": {"Quantity": len(paths), "Items": list(paths)}, "CallerReference": reference}
    try:
        response = cloudfront.create_invalidation(
            DistributionId=distribution, InvalidationBatch=batch
        )
    except AwsError as error:
        raise StackError(f"cannot invalidate {distribution}: {error}") from error
    return str(response["Invalidation"]["Id"])


def invoke_refresh(functions: Any, name: str) -> str:
    """Invoke the refresh function, and return its result as JSON. Raises StackError if it fails."""
    try:
        response = functions.invoke(FunctionName=name, Payload=b"{}")
    except AwsError as error:
        raise StackError(f"cannot invoke {name}: {error}") from error
    payload: str = response["Payload"].read().decode(errors="replace")
    if response.get("FunctionError"):
        raise StackError(f"{name} failed: {payload}")
    return payload
