from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from handler.adapters.ssm import read_secure_string
from handler.domain.errors import SourceError


@pytest.fixture
def ssm() -> Any:
    return boto3.client(
        "ssm", region_name="us-east-1", aws_access_key_id="unused", aws_secret_access_key="unused"
    )


def test_value_is_read_decrypted(ssm: Any) -> None:
    with Stubber(ssm) as stub:
        stub.add_response(
            "get_parameter",
            {"Parameter": {"Name": "/burgee/key", "Value": "sk-1"}},
            {"Name": "/burgee/key", "WithDecryption": True},
        )

        assert read_secure_string("/burgee/key", ssm) == "sk-1"


def test_error_names_the_parameter(ssm: Any) -> None:
    with Stubber(ssm) as stub:
        stub.add_client_error("get_parameter", "ParameterNotFound", "no such parameter")

        with pytest.raises(SourceError, match=r"cannot read the SSM parameter /burgee/key: .*Not"):
            read_secure_string("/burgee/key", ssm)
