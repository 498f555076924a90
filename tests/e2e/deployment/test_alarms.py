"""Whatever can fail is watched, by metrics that are really there."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from handler.adapters.cloudwatch_emf import NAMESPACE, emf_log_line
from handler.domain.catalog.diff import CatalogDiff
from handler.refresh import REFUSAL_METRICS
from handler.services.refresh_result import RefreshResult
from tests.support.constants import PROJECT
from tests.support.deployment.stack import Stack

pytestmark = pytest.mark.e2e

OPERATIONS = (PROJECT / "docs" / "operations.md").read_text("utf-8")
DEPLOYMENT = (PROJECT / "docs" / "deployment.md").read_text("utf-8")

# The metrics that AWS documents and we use, with the dimensions under which it keeps them.
AWS_METRICS = {
    "AWS/Lambda": (
        {"FunctionName"},
        {"Invocations", "Errors", "Throttles", "Duration", "ConcurrentExecutions"},
    ),
    "AWS/ApiGateway": ({"ApiId", "Stage"}, {"Count", "4xx", "5xx", "Latency"}),
    "AWS/SQS": ({"QueueName"}, {"ApproximateNumberOfMessagesVisible"}),
    "AWS/CloudFront": ({"DistributionId", "Region"}, {"Requests", "4xxErrorRate", "5xxErrorRate"}),
}


# Beyond these, each costs ten cents a month.
FREE_ALARM_METRICS = 10


@dataclass(frozen=True)
class Emitted:
    """What refreshes have CloudWatch count: names, and the dimensions that they are kept under."""

    names: set[str]
    dimensions: set[str]


@pytest.fixture
def emitted() -> Emitted:
    """What a refresh counts that found everything wrong which alarms watch."""
    now = datetime(2026, 11, 27, tzinfo=UTC)
    states = {"arena": "stale"}
    result = RefreshResult("", now, 0, CatalogDiff(), replaced_corrupt=True, source_states=states)
    refusals = dict.fromkeys(REFUSAL_METRICS.values(), 1)
    line = json.loads(emf_log_line(now, {**refusals, **result.metrics()}, "refresh", "id"))
    (about,) = line["_aws"]["CloudWatchMetrics"]
    assert about["Namespace"] == NAMESPACE
    return Emitted({metric["Name"] for metric in about["Metrics"]}, set(*about["Dimensions"]))


def known(stack: Stack, emitted: Emitted) -> dict[str, tuple[set[str], set[str]]]:
    """Return the dimensions and names of every metric that there is, by namespace."""
    own = {NAMESPACE: (emitted.dimensions, emitted.names)}
    for metric_filter in stack.of_type("AWS::Logs::MetricFilter").values():
        (filled,) = metric_filter["MetricTransformations"]
        own[text_of(filled["MetricNamespace"])] = (set(), {filled["MetricName"]})
    return {**AWS_METRICS, **own}


def text_of(value: Any) -> str:
    """Return a text, or the one that Fn::Sub fills in."""
    return str(value["Fn::Sub"] if isinstance(value, dict) else value)


def alarms(stack: Stack) -> dict[str, Any]:
    return stack.of_type("AWS::CloudWatch::Alarm")


def watched(alarm: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the metrics that an alarm reads, alone or in an expression."""
    if "MetricName" in alarm:
        return [alarm]
    return [each["MetricStat"]["Metric"] for each in alarm["Metrics"] if "MetricStat" in each]


def all_watched(stack: Stack) -> list[dict[str, Any]]:
    return [metric for alarm in alarms(stack).values() for metric in watched(alarm)]


def widgets(stack: Stack) -> list[dict[str, Any]]:
    (dashboard,) = stack.of_type("AWS::CloudWatch::Dashboard").values()
    found: list[dict[str, Any]] = json.loads(dashboard["DashboardBody"]["Fn::Sub"])["widgets"]
    return found


def drawn(stack: Stack) -> Iterator[tuple[str, str, frozenset[str]]]:
    for widget in widgets(stack):
        for namespace, name, *rest in widget["properties"].get("metrics", []):
            yield namespace, name, frozenset(text for text in rest[::2] if isinstance(text, str))


def test_every_alarm_watches_a_metric_that_is_emitted(stack: Stack, emitted: Emitted) -> None:
    for metric in all_watched(stack):
        dimensions, names = known(stack, emitted)[text_of(metric["Namespace"])]

        assert metric["MetricName"] in names
        assert {dimension["Name"] for dimension in metric.get("Dimensions", [])} == dimensions


def test_no_metric_is_paid_for_that_no_alarm_reads(stack: Stack, emitted: Emitted) -> None:
    read = {(text_of(each["Namespace"]), each["MetricName"]) for each in all_watched(stack)}
    paid = {
        (namespace, name)
        for namespace, (_, names) in known(stack, emitted).items()
        for name in names
        if namespace not in AWS_METRICS
    }

    assert paid <= read


def test_alarms_stay_within_the_free_allowance(stack: Stack) -> None:
    assert len(all_watched(stack)) <= FREE_ALARM_METRICS
    assert len(alarms(stack)) <= 10


def test_throttled_requests_are_counted_from_the_access_log(stack: Stack) -> None:
    (metric_filter,) = stack.of_type("AWS::Logs::MetricFilter").values()
    (stage,) = stack.of_type("AWS::ApiGatewayV2::Stage").values()
    line = re.sub(r"\$context[.\w]+", "-", stage["AccessLogSettings"]["Format"])

    assert metric_filter["LogGroupName"] == {"Ref": "AccessLogs"}
    assert metric_filter["FilterPattern"] == '{ $.status = "429" }'
    assert "DefaultValue" not in metric_filter["MetricTransformations"][0]
    assert json.loads(line)["status"] == "-"  # valid JSON too where a value is not known


def test_every_line_on_the_dashboard_is_emitted(stack: Stack, emitted: Emitted) -> None:
    lines = list(drawn(stack))

    assert len(lines) >= 15
    for namespace, name, dimensions in lines:
        assert name in known(stack, emitted)[namespace][1]
        assert dimensions == known(stack, emitted)[namespace][0]


def test_dashboard_shows_every_own_metric_and_every_alarm(stack: Stack, emitted: Emitted) -> None:
    shown = {name for namespace, name, _ in drawn(stack) if namespace == NAMESPACE}
    (listed,) = (widget for widget in widgets(stack) if widget["type"] == "alarm")
    everywhere = {
        f"${{{name}.Arn}}" for name in alarms(stack) if "Condition" not in stack.resources[name]
    }

    assert shown == emitted.names
    assert set(listed["properties"]["alarms"]) == everywhere


def test_every_alarm_notifies_and_describes_the_failure(stack: Stack) -> None:
    for alarm in alarms(stack).values():
        assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "AlarmTopic"}]
        assert alarm["AlarmDescription"]


def test_every_queue_is_watched(stack: Stack) -> None:
    queues = [
        metric["Dimensions"][0]["Value"]["Fn::GetAtt"]
        for metric in all_watched(stack)
        if metric["Namespace"] == "AWS/SQS"
    ]

    made = stack.of_type("AWS::SQS::Queue")
    assert sorted(queues) == sorted([name, "QueueName"] for name in made)


def test_only_silence_of_the_refresh_is_an_alarm(stack: Stack) -> None:
    missing = {name: alarm["TreatMissingData"] for name, alarm in alarms(stack).items()}

    assert [name for name, means in missing.items() if means == "breaching"] == ["CatalogStale"]
    assert set(missing.values()) == {"breaching", "notBreaching"}


@pytest.mark.promise("P5", "alarms of a catalog that grows old")
def test_the_age_of_the_catalog_is_watched_over_three_intervals(stack: Stack) -> None:
    alarm = alarms(stack)["CatalogStale"]
    expression, age = alarm["Metrics"]
    spans = stack.template["Mappings"]["ThreeIntervals"]
    period = {"Fn::FindInMap": ["ThreeIntervals", {"Ref": "RefreshMinutes"}, "Seconds"]}

    assert expression["Expression"] == "FILL(age, 86400)"
    assert age["Id"] == "age"
    assert age["MetricStat"]["Metric"]["MetricName"] == "CatalogAgeSeconds"
    assert (age["MetricStat"]["Period"], age["MetricStat"]["Stat"]) == (period, "Minimum")
    assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (
        period,
        "GreaterThanOrEqualToThreshold",
    )
    assert {int(minutes): span["Seconds"] for minutes, span in spans.items()} == {
        minutes: 3 * 60 * minutes
        for minutes in stack.template["Parameters"]["RefreshMinutes"]["AllowedValues"]
    }


def test_the_operations_manual_explains_every_alarm_and_no_other(stack: Stack) -> None:
    section = OPERATIONS.split("\n## Alarms\n")[1].split("\n## ")[0]
    explained = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)

    assert sorted(explained) == sorted(alarms(stack))


def test_deployment_guide_explains_parameters_and_outputs(stack: Stack) -> None:
    named = set(re.findall(r"[`<](\w+)[`>]", DEPLOYMENT))

    assert set(stack.template["Parameters"]) - named == set()
    assert set(stack.template["Outputs"]) - named == set()
