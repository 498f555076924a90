"""CloudFront in front of the API: what it keeps apart, for how long, and what it lets through."""

import json
import re
from typing import Any

import pytest

from handler.web.http import headers
from tests.support.builders import HERMES, MemoryStore, catalog_bytes
from tests.support.constants import PROJECT
from tests.support.deployment.stack import Stack
from tests.support.http.asgi import ask, create_app
from tests.support.http.queries import QUERY_NAMES

pytestmark = pytest.mark.e2e

# CloudFront's own limit for each cache policy.
MAX_QUERY_NAMES = 10


def configuration(stack: Stack) -> dict[str, Any]:
    """Return the configuration of the one distribution."""
    (distribution,) = stack.of_type("AWS::CloudFront::Distribution").values()
    found: dict[str, Any] = distribution["DistributionConfig"]
    return found


def behaviours(stack: Stack) -> dict[str, dict[str, Any]]:
    """Return each behaviour by its path pattern, the default by "*"."""
    config = configuration(stack)
    others = {each["PathPattern"]: each for each in config.get("CacheBehaviors", [])}
    return {**others, "*": config["DefaultCacheBehavior"]}


def policies(stack: Stack) -> dict[str, dict[str, Any]]:
    """Return the cache policy of each behaviour."""
    made = stack.of_type("AWS::CloudFront::CachePolicy")
    return {
        path: made[behaviour["CachePolicyId"]["Ref"]]["CachePolicyConfig"]
        for path, behaviour in behaviours(stack).items()
    }


def query_names(policy: dict[str, Any]) -> list[str]:
    """Return the query parameters that a policy tells apart."""
    config = policy["ParametersInCacheKeyAndForwardedToOrigin"]["QueryStringsConfig"]
    assert config["QueryStringBehavior"] in ("none", "whitelist")
    return list(config.get("QueryStrings", []))


def parameters_of(operations: dict[str, Any]) -> set[str]:
    """Return the names that an operation of the API reads in a query."""
    described = operations["get"].get("parameters", [])
    return {parameter["name"] for parameter in described if parameter["in"] == "query"}


def test_the_cache_tells_apart_paths_encodings_and_no_more(stack: Stack) -> None:
    for policy in policies(stack).values():
        key = policy["ParametersInCacheKeyAndForwardedToOrigin"]

        assert len(query_names(policy)) <= MAX_QUERY_NAMES
        assert {name: value for name, value in key.items() if name != "QueryStringsConfig"} == {
            "EnableAcceptEncodingGzip": True,
            "EnableAcceptEncodingBrotli": False,
            "CookiesConfig": {"CookieBehavior": "none"},
            "HeadersConfig": {"HeaderBehavior": "none"},
        }


def test_model_pages_are_the_same_whatever_query_a_tracker_adds(stack: Stack) -> None:
    assert query_names(policies(stack)["*"]) == []


def test_no_query_is_read_that_the_cache_does_not_tell_apart(stack: Stack) -> None:
    app = create_app(MemoryStore(catalog_bytes([HERMES])), "https://previews.example.org")
    described = json.loads(ask(app, "/api/openapi.json").body)["paths"]
    of_api = {path: parameters_of(operations) for path, operations in described.items()}
    of_compare = of_api.pop("/compare")

    assert {path: set(query_names(policy)) for path, policy in policies(stack).items()} == {
        "*": set(),
        **{pattern: set(names) for pattern, names in QUERY_NAMES.items()},
        "/api/compare": of_compare,
        "/api/*": set.union(*of_api.values()),
    }


def test_the_first_behaviour_that_fits_an_address_is_its_own(stack: Stack) -> None:
    patterns = [each["PathPattern"] for each in configuration(stack)["CacheBehaviors"]]

    assert patterns.index("/api/compare") < patterns.index("/api/*")


def test_queries_are_read_in_these_modules_only() -> None:
    web = PROJECT / "handler" / "web"
    modules = {path for path in web.rglob("*.py") if "request.param" in path.read_text("utf-8")}

    assert {path.relative_to(web).as_posix() for path in modules} == {
        "cards/views.py",
        "pages/compare/page.py",
        "pages/explorer/csv_export.py",
        "pages/explorer/page.py",
        "urls.py",
    }


def test_lifetimes_of_the_application_are_kept(stack: Stack) -> None:
    said = [headers.PAGE_CACHE, headers.ERROR_CACHE, headers.ASSET_CACHE, headers.IMMUTABLE_CACHE]
    longest = max(int(seconds) for line in said for seconds in re.findall(r"=(\d+)", line))

    for policy in policies(stack).values():
        assert (policy["MinTTL"], policy["MaxTTL"]) == (0, longest)
        assert 0 < policy["DefaultTTL"] <= 60


@pytest.mark.promise("P4", "statuses that the distribution keeps for seconds")
def test_errors_are_kept_as_long_as_the_origin_says(stack: Stack) -> None:
    kept = {
        each["ErrorCode"]: each["ErrorCachingMinTTL"]
        for each in configuration(stack)["CustomErrorResponses"]
    }
    (said,) = re.findall(r"s-maxage=(\d+)", headers.ERROR_CACHE)

    assert set(kept) == {404, 500, 502, 503, 504}
    assert all(seconds < int(said) for seconds in kept.values())
    assert all(
        "ResponsePagePath" not in each for each in configuration(stack)["CustomErrorResponses"]
    )


def test_only_reading_over_tls_comes_through(stack: Stack) -> None:
    for behaviour in behaviours(stack).values():
        assert behaviour["AllowedMethods"] == behaviour["CachedMethods"] == ["GET", "HEAD"]
        assert behaviour["ViewerProtocolPolicy"] == "redirect-to-https"
        assert behaviour["Compress"] is True
        # With one, the origin would see what the cache does not tell apart.
        assert "OriginRequestPolicyId" not in behaviour


def test_an_old_page_is_served_before_most_crawlers_give_up(stack: Stack) -> None:
    (origin,) = configuration(stack)["Origins"]
    waited = origin["ConnectionAttempts"] * origin["CustomOriginConfig"]["OriginReadTimeout"]

    assert waited <= 6
    assert origin["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"
    assert origin["CustomOriginConfig"]["OriginSSLProtocols"] == ["TLSv1.2"]


def test_a_domain_of_ones_own_is_served_with_its_certificate(stack: Stack) -> None:
    config = configuration(stack)

    assert config["HttpVersion"] == "http2and3"
    assert config["Aliases"]["Fn::If"][:2] == ["HasDomain", [{"Ref": "DomainName"}]]
    assert config["ViewerCertificate"] == {
        "Fn::If": [
            "HasDomain",
            {
                "AcmCertificateArn": {"Ref": "CertificateArn"},
                "SslSupportMethod": "sni-only",
                "MinimumProtocolVersion": "TLSv1.2_2021",
            },
            {"CloudFrontDefaultCertificate": True},
        ]
    }


@pytest.mark.promise("P20", "limits of the stage that stands beside the distribution")
def test_the_stage_lets_through_a_bounded_number_of_requests(stack: Stack) -> None:
    (stage,) = stack.of_type("AWS::ApiGatewayV2::Stage").values()

    assert stage["DefaultRouteSettings"]["ThrottlingRateLimit"] == {"Ref": "RequestsPerSecond"}
    assert stage["DefaultRouteSettings"]["ThrottlingBurstLimit"] == {"Ref": "RequestBurst"}
    assert stage["AccessLogSettings"]["DestinationArn"] == {"Fn::GetAtt": ["AccessLogs", "Arn"]}
