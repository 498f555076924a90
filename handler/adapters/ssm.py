"""Secrets in the Parameter Store of AWS Systems Manager."""

from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from handler.domain.errors import SourceError

_CONFIG = Config(
    connect_timeout=3, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3}
)


def read_secure_string(name: str, client: Any = None) -> str:
    """Return the decrypted value of a parameter. Raises SourceError, naming the parameter."""
    try:
        ssm = client or boto3.client("ssm", config=_CONFIG)
        response = ssm.get_parameter(Name=name, WithDecryption=True)
    except (BotoCoreError, ClientError) as error:
        raise SourceError(f"cannot read the SSM parameter {name}: {error}") from error
    return str(response["Parameter"]["Value"])
