"""The tables of cost in docs/cost.md, recomputed from the template's own numbers."""

import re

import pytest

from handler.adapters.cloudwatch_emf import NAMESPACE
from tests.support.constants import PROJECT
from tests.support.deployment import cost
from tests.support.deployment.cost import Traffic
from tests.support.deployment.stack import Stack

pytestmark = pytest.mark.e2e

SECTION = (PROJECT / "docs" / "cost.md").read_text("utf-8")
TEN_THOUSAND = Traffic(10_000, cached=0, seconds=0.13, instances=1)
MILLION = Traffic(1_000_000, cached=0.5, seconds=0.03, instances=1)
HUNDRED_MILLION = Traffic(100_000_000, cached=0.9, seconds=0.03, instances=10)


def fixed(stack: Stack) -> dict[str, float]:
    alarms = [
        metric
        for alarm in stack.of_type("AWS::CloudWatch::Alarm").values()
        for metric in alarm.get("Metrics", [{"MetricStat": {"Metric": alarm}}])
        if "MetricStat" in metric
    ]
    read = [str(metric["MetricStat"]["Metric"]["Namespace"]) for metric in alarms]
    return cost.fixed_cost(stack, len(alarms), sum(NAMESPACE in namespace for namespace in read))


def amounts(name: str) -> list[float]:
    """Return the amounts in the row of a name, which stand in its last cells."""
    (row,) = re.findall(rf"^\| (?:\*\*)?{re.escape(name)}[^|]*\|(.*)\|$", SECTION, re.MULTILINE)
    cells = [cell.strip(" *") for cell in row.split("|")]
    return [float(cell) for cell in cells if re.fullmatch(r"\d+\.\d\d", cell)]


def rounded(*values: float) -> list[float]:
    return [round(value, 2) for value in values]


PREVIEW_ROWS = {
    "CloudFront, requests": "CloudFront request",
    "CloudFront, 15 kB each": "CloudFront GB",
    "HTTP API": "API request",
    "Lambda, requests": "Lambda request",
    "Lambda, arm64": "Lambda GB-second",
    "S3, reads:": "S3 read",
    "logs, 1.4 kB": "log GB",
}
FIXED_ROWS = {
    "refreshes": "Lambda GB-second",
    "S3, writes": "S3 write",
    "S3, reads by refreshes": "S3 read",
    "S3, storage": "S3 GB",
    "alarms": "alarm metric",
    "custom metrics": "custom metric",
    "logs of refreshes": "log GB",
}


def test_the_table_of_previews_is_recomputed(stack: Stack) -> None:
    columns = [cost.previews_cost(stack, each) for each in (TEN_THOUSAND, MILLION, HUNDRED_MILLION)]

    for name, unit in PREVIEW_ROWS.items():
        assert (name, amounts(name)[-3:]) == (name, rounded(*(column[unit] for column in columns)))
    assert set(PREVIEW_ROWS.values()) == set(columns[0])
    assert amounts("total") == pytest.approx(
        [sum(column.values()) + sum(fixed(stack).values()) for column in columns], abs=0.03
    )


def test_the_table_of_being_there_is_recomputed(stack: Stack) -> None:
    found = fixed(stack)

    for name, unit in FIXED_ROWS.items():
        assert (name, amounts(name)[-1:]) == (name, rounded(found[unit]))
    assert set(FIXED_ROWS.values()) == set(found)


def test_ten_thousand_previews_cost_less_than_two_dollars(stack: Stack) -> None:
    total = sum(cost.previews_cost(stack, TEN_THOUSAND).values()) + sum(fixed(stack).values())

    assert total < 2.00
    assert stack.template["Parameters"]["Dashboard"]["Default"] == "off"


def test_within_the_allowances_they_cost_less_than_ten_cents(stack: Stack) -> None:
    both = (cost.previews_cost(stack, TEN_THOUSAND), fixed(stack))
    paid = sum(part.get(unit, 0) for part in both for unit in cost.NEVER_FREE)

    assert paid < 0.10
    assert f"about {round(100 * paid)} cents" in SECTION
