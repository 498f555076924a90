"""Whatever can fail is watched, by metrics that are really there."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from handler.adapters.cloudwatch_emf import NAMESPACE
from handler.domain.catalog.diff import CatalogDiff
from handler.domain.errors import SourceError
from handler.refresh import lambda_handler
from handler.services.refresh import RefreshResult
from tests.support.constants import PROJECT
from tests.support.deployment.stack import Stack
from tests.support.http.lambda_events import scheduled_event
from tests.support.servers.upstream import Upstream, status

pytestmark = pytest.mark.e2e

OPERATIONS = (PROJECT / "docs" / "operations.md").read_text("utf-8")

# The metrics that AWS documents and we use, with the dimensions under which it keeps them.
AWS_METRICS = {
    "AWS/Lambda": ({"FunctionName"}, {"Errors", "Throttles", "Duration", "ConcurrentExecutions"}),
    "AWS/ApiGateway": ({"ApiId", "Stage"}, {"Count", "4xx", "5xx", "Latency"}),
    "AWS/SQS": ({"QueueName"}, {"ApproximateNumberOfMessagesVisible"}),
    "AWS/CloudFront": ({"DistributionId", "Region"}, {"Requests", "4xxErrorRate", "5xxErrorRate"}),
}


@dataclass(frozen=True)
class Emitted:
    """What refreshes have CloudWatch count: names, and the dimensions that they are kept under."""

    by_a_good_refresh: set[str]
    by_a_failed_refresh: set[str]
    dimensions: set[str]

    @property
    def names(self) -> set[str]:
        return self.by_a_good_refresh | self.by_a_failed_refresh

    def known(self) -> dict[str, tuple[set[str], set[str]]]:
        """Return the dimensions and names of every metric that there is, by namespace."""
        return {**AWS_METRICS, NAMESPACE: (self.dimensions, self.names)}


@pytest.fixture
def emitted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Emitted:
    """What a refresh counts that fails, and one that does not."""
    with Upstream(status(404)) as server:
        monkeypatch.setenv("BURGEE_STORE", str(tmp_path))
        monkeypatch.setenv("OPENROUTER_URL", server.url)
        with pytest.raises(SourceError):
            lambda_handler(scheduled_event(), None)
    line = json.loads(capsys.readouterr().out)
    (about,) = line["_aws"]["CloudWatchMetrics"]
    assert about["Namespace"] == NAMESPACE
    failed = {metric["Name"] for metric in about["Metrics"]}
    counts = RefreshResult("", datetime.now(UTC), 0, CatalogDiff()).metrics()
    return Emitted({*failed, *counts}, failed, set(*about["Dimensions"]))


def alarms(stack: Stack) -> dict[str, Any]:
    return stack.of_type("AWS::CloudWatch::Alarm")


def watched(alarm: dict[str, Any]) -> dict[str, Any]:
    """Return the metric that an alarm watches, alone or in an expression."""
    if "MetricName" in alarm:
        return alarm
    (metric,) = (each["MetricStat"]["Metric"] for each in alarm["Metrics"] if "MetricStat" in each)
    return dict(metric)


def widgets(stack: Stack) -> list[dict[str, Any]]:
    (dashboard,) = stack.of_type("AWS::CloudWatch::Dashboard").values()
    found: list[dict[str, Any]] = json.loads(dashboard["DashboardBody"]["Fn::Sub"])["widgets"]
    return found


def drawn(stack: Stack) -> Iterator[tuple[str, str, frozenset[str]]]:
    for widget in widgets(stack):
        for namespace, name, *rest in widget["properties"].get("metrics", []):
            yield namespace, name, frozenset(text for text in rest[::2] if isinstance(text, str))


def test_every_alarm_watches_a_metric_that_is_emitted(stack: Stack, emitted: Emitted) -> None:
    for alarm in alarms(stack).values():
        metric = watched(alarm)
        dimensions, names = emitted.known()[metric["Namespace"]]

        assert metric["MetricName"] in names
        assert {dimension["Name"] for dimension in metric["Dimensions"]} == dimensions


def test_every_line_on_the_dashboard_is_emitted(stack: Stack, emitted: Emitted) -> None:
    lines = list(drawn(stack))

    assert len(lines) >= 15
    for namespace, name, dimensions in lines:
        assert name in emitted.known()[namespace][1]
        assert dimensions == emitted.known()[namespace][0]


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
    watching = [watched(alarm) for alarm in alarms(stack).values()]
    queues = [
        metric["Dimensions"][0]["Value"]["Fn::GetAtt"]
        for metric in watching
        if metric["Namespace"] == "AWS/SQS"
    ]

    made = stack.of_type("AWS::SQS::Queue")
    assert sorted(queues) == sorted([name, "QueueName"] for name in made)


def test_every_function_is_watched_for_throttles(stack: Stack) -> None:
    watching = [watched(alarm) for alarm in alarms(stack).values()]
    functions = [
        metric["Dimensions"][0]["Value"]["Ref"]
        for metric in watching
        if metric["MetricName"] == "Throttles"
    ]

    assert sorted(functions) == sorted(stack.of_type("AWS::Lambda::Function"))


def test_only_silence_of_the_refresh_is_an_alarm(stack: Stack) -> None:
    missing = {name: alarm["TreatMissingData"] for name, alarm in alarms(stack).items()}

    assert [name for name, means in missing.items() if means == "breaching"] == ["CatalogStale"]
    assert set(missing.values()) == {"breaching", "notBreaching"}


def test_the_age_of_the_catalog_is_watched_over_three_intervals(stack: Stack) -> None:
    stale = alarms(stack)["CatalogStale"]
    expression, metric = stale["Metrics"]
    spans = stack.template["Mappings"]["ThreeIntervals"]

    assert expression["Expression"] == f"FILL({metric['Id']}, 0)"
    assert metric["ReturnData"] is False
    assert metric["MetricStat"]["Stat"] == "SampleCount"
    assert metric["MetricStat"]["Period"] == {
        "Fn::FindInMap": ["ThreeIntervals", {"Ref": "RefreshMinutes"}, "Seconds"]
    }
    assert {int(minutes): span["Seconds"] for minutes, span in spans.items()} == {
        minutes: 3 * 60 * minutes
        for minutes in stack.template["Parameters"]["RefreshMinutes"]["AllowedValues"]
    }


@pytest.mark.promise("P5", "alarms of a catalog that grows old")
def test_failed_refreshes_do_not_emit_the_stale_catalog_metric(
    stack: Stack, emitted: Emitted
) -> None:
    name = watched(alarms(stack)["CatalogStale"])["MetricName"]

    assert name in emitted.by_a_good_refresh - emitted.by_a_failed_refresh


def test_the_operations_manual_explains_every_alarm_and_no_other(stack: Stack) -> None:
    section = OPERATIONS.split("\n## Alarms\n")[1].split("\n## ")[0]
    explained = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)

    assert sorted(explained) == sorted(alarms(stack))


def test_operations_manual_explains_parameters_and_outputs(stack: Stack) -> None:
    named = set(re.findall(r"[`<](\w+)[`>]", OPERATIONS))

    assert set(stack.template["Parameters"]) - named == set()
    assert set(stack.template["Outputs"]) - named == set()
