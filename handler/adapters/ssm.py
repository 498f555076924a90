"""Secrets in the Parameter Store of AWS Systems Manager."""

from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from handler.adapters.network import DIRECT, Network
from handler.domain.errors import SourceError

_CONFIG = Config(
    connect_timeout=3, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3}
)
_ANY_HOST = "https://ssm.amazonaws.com"


def read_secure_string(name: str, client: Any = None, network: Network = DIRECT) -> str:
    """Return the decrypted value of a parameter. Raises SourceError, naming the parameter."""
    try:
        ssm = client or _client(network)
        response = ssm.get_parameter(Name=name, WithDecryption=True)
    except (BotoCoreError, ClientError) as error:
        raise SourceError(f"cannot read the SSM parameter {name}: {error}") from error
    return str(response["Parameter"]["Value"])


def _client(network: Network) -> Any:
    config = _CONFIG.merge(Config(proxies=network.sdk_proxies(_ANY_HOST)))
    return boto3.Session().client("ssm", config=config, verify=network.aws_certificates)
