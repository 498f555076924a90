"""What the template makes holds together, may do what it must and no more, and ends."""

import re
from graphlib import TopologicalSorter
from typing import Any

import pytest

from handler.adapters.storage.s3_location import ARCHIVE_FOLDER, S3Location
from handler.domain.snapshot.names import OLDER_OBJECT_NAME
from handler.settings import Settings
from tests.support.deployment.stack import Stack, listed
from tests.support.recording_environment import RecordingEnvironment

pytestmark = pytest.mark.e2e


def sub(text: str) -> dict[str, str]:
    return {"Fn::Sub": text}


def arn(name: str) -> dict[str, list[str]]:
    return {"Fn::GetAtt": [name, "Arn"]}


def test_no_resource_waits_for_itself_by_way_of_others(stack: Stack) -> None:
    order = list(TopologicalSorter(stack.references()).static_order())

    assert order.index("SiteApi") < order.index("Distribution") < order.index("RenderFunction")


def test_everything_that_is_named_is_there(stack: Stack) -> None:
    conditional = {
        name: resource["Condition"]
        for name, resource in stack.resources.items()
        if "Condition" in resource
    }

    assert set(conditional.values()) <= set(stack.template["Conditions"])
    assert {
        (name, other)
        for name, others in stack.references().items()
        for other in others & set(conditional)
        if conditional.get(name) != conditional[other]
    } == set()


SNAPSHOT = "${CatalogBucket.Arn}/catalog/catalog-5.jsonl.gz"
MARKER = "${CatalogBucket.Arn}/catalog/catalog-was-written"
OLDER_SNAPSHOT = "${CatalogBucket.Arn}/catalog/catalog.jsonl.gz"
READS_SNAPSHOTS = (["s3:GetObject"], [sub(SNAPSHOT), sub(OLDER_SNAPSHOT)], None)
SEES_THAT_SNAPSHOT_IS_MISSING = (["s3:ListBucket"], [arn("CatalogBucket")], None)
# IAM has no narrower resource for traces.
SENDS_TRACES = (["xray:PutTraceSegments", "xray:PutTelemetryRecords"], ["*"], None)


def logs_into(name: str) -> tuple[list[str], list[Any], None]:
    return ["logs:CreateLogStream", "logs:PutLogEvents"], [arn(name)], None


ALLOWED = {
    "RenderRole": [
        READS_SNAPSHOTS,
        SEES_THAT_SNAPSHOT_IS_MISSING,
        logs_into("RenderLogs"),
        SENDS_TRACES,
    ],
    "RefreshRole": [
        READS_SNAPSHOTS,
        (["s3:PutObject"], [sub(SNAPSHOT)], None),
        SEES_THAT_SNAPSHOT_IS_MISSING,
        (["s3:GetObject", "s3:PutObject"], [sub(MARKER)], None),
        (["s3:PutObject"], [sub("${CatalogBucket.Arn}/catalog/raw/*")], None),
        logs_into("RefreshLogs"),
        SENDS_TRACES,
        (["sqs:SendMessage"], [arn("RefreshFailures")], None),
    ],
    "RefreshFunctionScheduleRole": [
        (["lambda:InvokeFunction"], [arn("RefreshFunction")], None),
        (["sqs:SendMessage"], [arn("RefreshFailures")], None),
    ],
}


def test_each_role_has_exactly_its_permissions(stack: Stack) -> None:
    roles = stack.of_type("AWS::IAM::Role")
    allowed = {
        role: [
            (listed(said["Action"]), listed(said["Resource"]), said.get("Condition"))
            for said in stack.statements(role)
        ]
        for role in roles
    }

    assert allowed == ALLOWED
    assert all("ManagedPolicyArns" not in role for role in roles.values())
    assert all(said["Effect"] == "Allow" for role in roles for said in stack.statements(role))


def test_roles_name_the_keys_that_the_code_uses() -> None:
    address = S3Location.parse("s3://bucket/catalog", "eu-west-1", None)

    assert f"${{CatalogBucket.Arn}}/{address.key}" == SNAPSHOT
    assert f"${{CatalogBucket.Arn}}/{address.sibling(OLDER_OBJECT_NAME).key}" == OLDER_SNAPSHOT
    assert ARCHIVE_FOLDER == "raw"


def test_the_bucket_is_private_encrypted_and_left_behind(stack: Stack) -> None:
    (bucket,) = stack.of_type("AWS::S3::Bucket")
    resource = stack.resources[bucket]
    block = resource["Properties"]["PublicAccessBlockConfiguration"]
    (denial,) = (
        policy["PolicyDocument"]["Statement"][0]
        for policy in stack.of_type("AWS::S3::BucketPolicy").values()
        if policy["Bucket"] == {"Ref": bucket}
    )

    # A bucket of a stack that could not be created goes with it.
    assert resource["DeletionPolicy"] == "RetainExceptOnCreate"
    assert resource["UpdateReplacePolicy"] == "Retain"
    assert "BucketEncryption" in resource["Properties"]
    assert len(block) == 4
    assert all(block.values())
    assert denial["Effect"] == "Deny"
    assert denial["Resource"] == [arn(bucket), sub(f"${{{bucket}.Arn}}/*")]
    assert denial["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_old_snapshots_and_raw_answers_expire(stack: Stack) -> None:
    properties = stack.resources["CatalogBucket"]["Properties"]
    rules = properties["LifecycleConfiguration"]["Rules"]
    spans = {
        rule.get("Prefix"): rule.get("ExpirationInDays")
        or rule["NoncurrentVersionExpiration"]["NoncurrentDays"]
        for rule in rules
    }

    assert properties["VersioningConfiguration"] == {"Status": "Enabled"}
    assert spans == {None: 7, f"catalog/{ARCHIVE_FOLDER}/": 30}


def test_every_log_group_expires_and_every_function_has_one(stack: Stack) -> None:
    groups = stack.of_type("AWS::Logs::LogGroup")
    written = [
        function["LoggingConfig"]["LogGroup"]["Ref"]
        for function in stack.of_type("AWS::Lambda::Function").values()
    ]

    assert sorted(groups) == ["AccessLogs", "RefreshLogs", "RenderLogs", "VisitorLogGroup"]
    assert [groups[name]["LogGroupName"] for name in ("AccessLogs", "VisitorLogGroup")] == [
        sub("/aws/vendedlogs/${AWS::StackName}/access"),
        sub("/aws/vendedlogs/${AWS::StackName}/visitors"),
    ]
    assert all(group["RetentionInDays"] == {"Ref": "LogRetentionDays"} for group in groups.values())
    assert written == ["RenderLogs", "RefreshLogs"]
    assert all(stack.resources[name]["DeletionPolicy"] == "Delete" for name in groups)


def test_functions_get_only_the_variables_that_they_read(stack: Stack) -> None:
    environment = RecordingEnvironment()
    Settings.from_env(environment)
    told = {
        name: function["Environment"]["Variables"]
        for name, function in stack.of_type("AWS::Lambda::Function").items()
    }

    assert set(told["RenderFunction"]) == {
        "BURGEE_STORE",
        "SITE_URL",
        "EXPLORER_URL",
        "CONTACT_URL",
        "ROBOTS_LLM",
    }
    assert set(told["RefreshFunction"]) <= environment.keys_read
    assert told["RenderFunction"]["SITE_URL"] == {
        "Fn::If": [
            "HasDomain",
            sub("https://${DomainName}"),
            sub("https://${Distribution.DomainName}"),
        ]
    }
    # A refresh fixes the domain in the ids of feeds.
    assert told["RefreshFunction"]["SITE_URL"] == told["RenderFunction"]["SITE_URL"]
    assert stack.template["Outputs"]["SiteUrl"]["Value"] == told["RenderFunction"]["SITE_URL"]


def test_schedule_starts_at_once_and_has_a_dead_letter_queue(stack: Stack) -> None:
    (schedule,) = stack.of_type("AWS::Scheduler::Schedule").values()

    assert "Name" not in schedule  # or two stacks of an account collide
    assert "StartDate" not in schedule
    assert schedule["ScheduleExpression"] == sub("rate(${RefreshMinutes} minutes)")
    assert 1 not in stack.template["Parameters"]["RefreshMinutes"]["AllowedValues"]  # "1 minutes"
    assert schedule["Target"] == {
        "Arn": arn("RefreshFunction"),
        "RoleArn": arn("RefreshFunctionScheduleRole"),
        "RetryPolicy": {"MaximumEventAgeInSeconds": 600, "MaximumRetryAttempts": 2},
        "DeadLetterConfig": {"Arn": arn("RefreshFailures")},
    }


def test_a_refresh_that_failed_at_every_try_leaves_a_message(stack: Stack) -> None:
    (told,) = stack.of_type("AWS::Lambda::EventInvokeConfig").values()

    assert told["FunctionName"] == {"Ref": "RefreshFunction"}
    assert told["DestinationConfig"] == {"OnFailure": {"Destination": arn("RefreshFailures")}}


def test_visitor_logs_have_no_personal_data(stack: Stack) -> None:
    (delivery,) = stack.of_type("AWS::Logs::Delivery").values()
    personal = {"c-ip", "c-port", "x-forwarded-for", "cs(Cookie)", "cs-uri-query", "cs(Referer)"}

    assert "cs(User-Agent)" in delivery["RecordFields"]
    assert personal & set(delivery["RecordFields"]) == set()


def test_a_line_of_the_access_log_leads_to_the_functions_own(stack: Stack) -> None:
    (stage,) = stack.of_type("AWS::ApiGatewayV2::Stage").values()

    assert '"function":"$context.integration.requestId"' in stage["AccessLogSettings"]["Format"]


def test_what_costs_extra_is_made_only_on_request(stack: Stack) -> None:
    extras = {
        name: resource.get("Condition")
        for name, resource in stack.resources.items()
        if re.search("Dashboard|Budgets|Delivery|VisitorLog", f"{name} {resource['Type']}")
    }
    defaults = {name: about["Default"] for name, about in stack.template["Parameters"].items()}

    assert set(extras.values()) == {"HasDashboard", "HasBudget", "LogsVisitors"}
    assert [defaults[name] for name in ("Dashboard", "MonthlyBudget", "VisitorLogs")] == [
        "off",
        0,
        "off",
    ]


def test_concurrency_is_reserved_only_on_request(stack: Stack) -> None:
    refresh = stack.resources["RefreshFunction"]["Properties"]["ReservedConcurrentExecutions"]

    assert refresh == {
        "Fn::If": ["ReservesRefresh", {"Ref": "RefreshConcurrency"}, {"Ref": "AWS::NoValue"}]
    }
    assert stack.template["Parameters"]["RefreshConcurrency"]["Default"] == 0
    assert "ReservedConcurrentExecutions" not in stack.resources["RenderFunction"]["Properties"]


def test_every_parameter_has_description_pattern_group_default(stack: Stack) -> None:
    parameters = stack.template["Parameters"]
    groups = stack.template["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
    checks = {"AllowedPattern", "AllowedValues", "MinValue", "MaxValue"}

    assert [name for name, about in parameters.items() if not about["Description"]] == []
    assert [name for name, about in parameters.items() if "Default" not in about] == []
    assert [name for name, about in parameters.items() if not checks & set(about)] == []
    assert sorted(name for group in groups for name in group["Parameters"]) == sorted(parameters)
    assert all(
        "ConstraintDescription" in about
        for about in parameters.values()
        if "AllowedPattern" in about
    )


@pytest.mark.parametrize(
    ("parameter", "right", "wrong"),
    [
        ("DomainName", ["", "models.example.org", "a.io"], ["https://a.io", "A.io", "a.io/", "io"]),
        (
            "CertificateArn",
            ["", "arn:aws:acm:us-east-1:123456789012:certificate/0a1b-2c"],
            ["arn:aws:acm:eu-west-1:123456789012:certificate/0a1b-2c"],
        ),
        ("HostedZoneId", ["", "Z2FDTNDATAQYW2"], ["/hostedzone/Z2FDTNDATAQYW2"]),
        ("AlarmEmail", ["", "me@example.org"], ["me", "me@", "a b@example.org"]),
        ("ExplorerUrl", ["", "https://example.org/{id}"], ["http://example.org", "//x"]),
        (
            "ContactUrl",
            ["", "mailto:a@example.org", "https://example.org/x"],
            ["http://x", "a@b.c"],
        ),
        ("ArenaUrl", ["", "off", "https://example.org/x"], ["http://example.org", "on"]),
        (
            "RobotsLlm",
            ["allow", "disallow", "all", "training", "search,user", "user,training,search"],
            ["", "no", "preview", "training,", "training,all", "training search", "allow\n"],
        ),
        ("OpenRouterApiKeyName", ["", "/burgee/key"], ["key", "/burgee/", "/a b", "/a\n"]),
    ],
)
def test_parameter_patterns_accept_valid_values_alone(
    stack: Stack, parameter: str, right: list[str], wrong: list[str]
) -> None:
    pattern = re.compile(stack.template["Parameters"][parameter]["AllowedPattern"])

    assert [text for text in right if not pattern.fullmatch(text)] == []
    assert [text for text in wrong if pattern.fullmatch(text)] == []
