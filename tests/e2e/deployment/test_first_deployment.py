"""What a first deployment in a new account stands on."""

import pytest

from tests.support.deployment.stack import Stack

pytestmark = pytest.mark.e2e


def test_no_parameter_is_a_secret_or_without_default(stack: Stack) -> None:
    """SAM asks for a hidden value until it gets one, and saves no answer."""
    parameters = stack.template["Parameters"]

    assert [name for name, said in parameters.items() if "NoEcho" in said] == []
    assert [name for name, said in parameters.items() if "Default" not in said] == []


def test_only_a_named_api_key_is_readable(stack: Stack) -> None:
    policy = stack.resources["ApiKeyPolicy"]
    (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]

    assert policy["Condition"] == "HasApiKey"
    assert policy["Properties"]["Roles"] == [{"Ref": "RefreshRole"}]
    assert (statement["Effect"], statement["Action"]) == ("Allow", "ssm:GetParameter")
    assert statement["Resource"]["Fn::Sub"].endswith(":parameter${OpenRouterApiKeyName}")


def test_a_failed_creation_keeps_no_resource(stack: Stack) -> None:
    kept = {
        name: resource["DeletionPolicy"]
        for name, resource in stack.resources.items()
        if resource.get("DeletionPolicy", "Delete") != "Delete"
    }

    assert kept == {"CatalogBucket": "RetainExceptOnCreate"}


def test_no_catalog_is_stored_before_cloudfront_is_there(stack: Stack) -> None:
    """New accounts may be refused a distribution; a bucket with a snapshot would then stay."""
    refresh = stack.resources["RefreshFunction"]

    assert "Distribution" in refresh["DependsOn"]
