from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber

from scripts.aws.deployment import Deployment
from scripts.commands import purge


@pytest.fixture
def stubs() -> dict[str, Stubber]:
    """Stubbed clients of two services, which give only the responses that a test adds."""
    names = ("cloudformation", "cloudfront")
    return {name: Stubber(_client(name)) for name in names}


def _client(service: str) -> Any:
    return boto3.client(  # type: ignore[call-overload]
        service, region_name="us-east-1", aws_access_key_id="unused", aws_secret_access_key="unused"
    )


def activate(stubs: dict[str, Stubber]) -> Callable[[str, Deployment], Any]:
    for stub in stubs.values():
        stub.activate()
    return lambda service, _deployment: stubs[service].client


def stack_response(**outputs: str) -> dict[str, Any]:
    stack = {"StackName": "mine", "CreationTime": "2026-11-24", "StackStatus": "CREATE_COMPLETE"}
    listed = [{"OutputKey": key, "OutputValue": value} for key, value in outputs.items()]
    return {"Stacks": [{**stack, "Outputs": listed}]}


def test_all_paths_of_the_distribution_are_invalidated(
    stubs: dict[str, Stubber], capsys: pytest.CaptureFixture[str]
) -> None:
    stubs["cloudformation"].add_response(
        "describe_stacks", stack_response(DistributionId="E123"), {"StackName": "mine"}
    )
    batch = {"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": "once"}
    invalidation = {"Id": "I456", "Status": "InProgress", "CreateTime": "2026-11-24"}
    stubs["cloudfront"].add_response(
        "create_invalidation",
        {"Invalidation": {**invalidation, "InvalidationBatch": batch}},
        {"DistributionId": "E123", "InvalidationBatch": {**batch, "CallerReference": ANY}},
    )

    assert purge.main(["--stack-name", "mine"], activate(stubs)) == 0

    assert capsys.readouterr().out == "Invalidating /* in E123: I456. It takes a few minutes.\n"
    for stub in stubs.values():
        stub.assert_no_pending_responses()


def test_stack_without_distribution_is_named(
    stubs: dict[str, Stubber], capsys: pytest.CaptureFixture[str]
) -> None:
    stubs["cloudformation"].add_response(
        "describe_stacks", stack_response(SiteUrl="https://x.example")
    )

    assert purge.main(["--stack-name", "mine"], activate(stubs)) == 1

    assert capsys.readouterr().err == "Cannot purge: the stack mine has no output DistributionId\n"


def test_aws_error_is_reported(
    stubs: dict[str, Stubber], capsys: pytest.CaptureFixture[str]
) -> None:
    stubs["cloudformation"].add_client_error("describe_stacks", "ValidationError", "not there")

    assert purge.main([], activate(stubs)) == 1

    error = capsys.readouterr().err
    assert error.startswith("Cannot purge: cannot read the outputs of the stack burgee: ")
    assert error.endswith("not there\n")
