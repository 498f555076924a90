"""What the commands ask of a stack in AWS: its outputs, a refresh, an emptied CDN."""

from collections.abc import Mapping, Sequence
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

# A refresh may take five minutes; asking a second time would start a second one.
_PATIENT = Config(read_timeout=330, retries={"total_max_attempts": 1})

AwsError = (BotoCoreError, ClientError)


class StackError(Exception):
    """A stack is not as it should be; the message names the stack and what is wrong."""


def client(service: str) -> Any:
    """Return a client of an AWS service, with the credentials and region that boto3 finds."""
    return boto3.client(service, config=_PATIENT)  # type: ignore[call-overload]


def outputs_of(cloudformation: Any, stack: str) -> dict[str, str]:
    """Return the outputs of a stack by name. Raises CloudFailed where there is no such stack."""
    try:
        (found,) = cloudformation.describe_stacks(StackName=stack)["Stacks"]
    except AwsError as error:
        raise StackError(f"cannot read the outputs of the stack {stack}: {error}") from error
    return {one["OutputKey"]: one["OutputValue"] for one in found.get("Outputs", [])}


def output(outputs: Mapping[str, str], name: str, stack: str) -> str:
    """Return one output. Raises CloudFailed where the stack has none of that name."""
    if name not in outputs:
        raise StackError(f"the stack {stack} has no output {name}")
    return outputs[name]


def invalidate(cloudfront: Any, distribution: str, paths: Sequence[str], reference: str) -> str:
    """Have the CDN forget these paths, and return the id of the invalidation."""
    batch = {
        "Paths": {"Quantity": len(paths), "Items": list(paths)},
        "CallerReference": reference,
    }
    try:
        answer = cloudfront.create_invalidation(
            DistributionId=distribution, InvalidationBatch=batch
        )
    except AwsError as error:
        raise StackError(f"cannot clear the distribution {distribution}: {error}") from error
    return str(answer["Invalidation"]["Id"])


def refresh(functions: Any, name: str) -> str:
    """Invoke the refresh function, and return what it says. Raises CloudFailed if it fails."""
    try:
        answer = functions.invoke(FunctionName=name, Payload=b"{}")
    except AwsError as error:
        raise StackError(f"cannot invoke {name}: {error}") from error
    said: str = answer["Payload"].read().decode(errors="replace")
    if answer.get("FunctionError"):
        raise StackError(f"{name} failed: {said}")
    return said
