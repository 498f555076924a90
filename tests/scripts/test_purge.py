from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber

from scripts.commands import purge


@pytest.fixture
def stubs() -> dict[str, Stubber]:
    """The clients of two services, which answer what a test tells them, and nothing else."""
    names = ("cloudformation", "cloudfront")
    return {name: Stubber(_client(name)) for name in names}


def _client(service: str) -> Any:
    return boto3.client(  # type: ignore[call-overload]
        service,
        region_name="us-east-1",
        aws_access_key_id="unused",
        aws_secret_access_key="unused",
    )


def clients(stubs: dict[str, Stubber]) -> Callable[[str], Any]:
    for stub in stubs.values():
        stub.activate()
    return lambda service: stubs[service].client


def described(**outputs: str) -> dict[str, Any]:
    stack = {"StackName": "mine", "CreationTime": "2026-11-24", "StackStatus": "CREATE_COMPLETE"}
    listed = [{"OutputKey": key, "OutputValue": value} for key, value in outputs.items()]
    return {"Stacks": [{**stack, "Outputs": listed}]}


def test_the_distribution_of_the_stack_forgets_everything(
    stubs: dict[str, Stubber], capsys: pytest.CaptureFixture[str]
) -> None:
    stubs["cloudformation"].add_response(
        "describe_stacks", described(DistributionId="E123"), {"StackName": "mine"}
    )
    batch = {"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": "once"}
    made = {"Id": "I456", "Status": "InProgress", "CreateTime": "2026-11-24"}
    stubs["cloudfront"].add_response(
        "create_invalidation",
        {"Invalidation": {**made, "InvalidationBatch": batch}},
        {"DistributionId": "E123", "InvalidationBatch": {**batch, "CallerReference": ANY}},
    )

    assert purge.main(["--stack", "mine"], clients(stubs)) == 0

    assert capsys.readouterr().out == "Clearing /* from E123: I456, within minutes.\n"
    for stub in stubs.values():
        stub.assert_no_pending_responses()


def test_a_stack_without_a_cdn_is_named(
    stubs: dict[str, Stubber], capsys: pytest.CaptureFixture[str]
) -> None:
    stubs["cloudformation"].add_response("describe_stacks", described(SiteUrl="https://x.example"))

    assert purge.main(["--stack", "mine"], clients(stubs)) == 1

    assert capsys.readouterr().err == "Cannot purge: the stack mine has no output DistributionId\n"


def test_an_error_of_the_cloud_is_a_sentence(
    stubs: dict[str, Stubber], capsys: pytest.CaptureFixture[str]
) -> None:
    stubs["cloudformation"].add_client_error("describe_stacks", "ValidationError", "not there")

    assert purge.main([], clients(stubs)) == 1

    said = capsys.readouterr().err
    assert said.startswith("Cannot purge: cannot read the outputs of the stack burgee: ")
    assert said.endswith("not there\n")
