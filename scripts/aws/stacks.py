"""Calls to a stack in AWS: read what is deployed, invoke its refresh, invalidate its CDN."""

import os
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from scripts.aws.deployment import Deployment
from scripts.lib.network import network_from_env

# A refresh may take five minutes; a retry would start a second one.
_NO_RETRY = Config(connect_timeout=10, read_timeout=330, retries={"total_max_attempts": 1})

# A portal that asks for a login answers a page, which the SDK cannot parse.
AwsError = (BotoCoreError, ClientError, ResponseParserError)


class StackError(Exception):
    """A call to a stack failed; the message names the stack and what is wrong."""


class Template(NamedTuple):
    """What a stack was made from: its template as it was uploaded, and its parameters."""

    text: str
    parameters: Mapping[str, str]


def client(service: str, deployment: Deployment) -> Any:
    """Return a client for an AWS service, in the region and with the profile of a deployment.

    Where it names none, they are those that the SDK finds. Raises BotoCoreError, StackError and
    SettingsError.
    """
    session = boto3.Session(region_name=_region(deployment.region), profile_name=deployment.profile)
    network = network_from_env()
    proxies = network.sdk_proxies(os.environ.get("AWS_ENDPOINT_URL") or _url(service, session))
    config = _NO_RETRY.merge(Config(proxies=proxies))
    try:
        return session.client(  # type: ignore[call-overload]
            service, config=config, verify=network.aws_certificates
        )
    except (ValueError, OSError) as error:  # AWS_ENDPOINT_URL, AWS_CA_BUNDLE
        raise StackError(f"cannot call {service}: {error}") from error


def _url(service: str, session: boto3.Session) -> str:
    return f"https://{service}.{session.region_name}.amazonaws.com"


def complete(deployment: Deployment) -> Deployment:
    """Return the deployment with the region that the SDK finds for its profile, if any.

    SAM proposes that of the default profile. Raises BotoCoreError if there is no such profile.
    """
    session = boto3.Session(profile_name=deployment.profile)
    return deployment._replace(region=_region(deployment.region) or session.region_name)


def use_session(region: str | None, profile: str | None) -> str:
    """Let clients use a region and profile, None for the SDK's, and return the region.

    It is "" if neither the environment nor ~/.aws/config names one. Raises BotoCoreError.
    """
    named = _region(region)
    boto3.setup_default_session(region_name=named, profile_name=profile)
    return boto3.Session(region_name=named, profile_name=profile).region_name or ""


def _region(named: str | None) -> str | None:
    # Other AWS tools read AWS_REGION first, boto3 only AWS_DEFAULT_REGION.
    return named or os.environ.get("AWS_REGION") or None


def read_outputs(cloudformation: Any, stack: str) -> dict[str, str]:
    """Return the outputs of a stack by name. Raises StackError if there is no such stack."""
    try:
        (description,) = cloudformation.describe_stacks(StackName=stack)["Stacks"]
    except AwsError as error:
        raise StackError(
            f"cannot read the outputs of the stack {stack}: {_describe(error)}"
        ) from error
    return {item["OutputKey"]: item["OutputValue"] for item in description.get("Outputs", [])}


def find_template(cloudformation: Any, stack: str) -> Template | None:
    """Return what a stack was made from, None if there is none yet. Raises StackError."""
    try:
        (description,) = cloudformation.describe_stacks(StackName=stack)["Stacks"]
        body = cloudformation.get_template(StackName=stack, TemplateStage="Original")
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise StackError(
            f"cannot read the template of the stack {stack}: {_describe(error)}"
        ) from error
    parameters = description.get("Parameters", [])
    return Template(
        str(body["TemplateBody"]),
        {item["ParameterKey"]: item["ParameterValue"] for item in parameters},
    )


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
        raise StackError(f"cannot invalidate {distribution}: {_describe(error)}") from error
    return str(response["Invalidation"]["Id"])


def invoke_refresh(functions: Any, name: str) -> str:
    """Invoke the refresh function, and return its result as JSON. Raises StackError if it fails."""
    try:
        response = functions.invoke(FunctionName=name, Payload=b"{}")
    except AwsError as error:
        raise StackError(f"cannot invoke {name}: {_describe(error)}") from error
    payload: str = response["Payload"].read().decode(errors="replace")
    if response.get("FunctionError"):
        raise StackError(f"{name} failed: {payload}")
    return payload


def _describe(error: Exception) -> str:
    """Return the first line: that of a parser is followed by the whole response."""
    return str(error).partition("\n")[0]
