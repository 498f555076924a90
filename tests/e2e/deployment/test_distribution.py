"""CloudFront in front of the API: what it keeps apart, for how long, and what it lets through."""

import json
import re
from typing import Any

import pytest

from handler.web.app import ROUTES, is_api
from handler.web.http import headers
from handler.web.http.routing import Router
from scripts.local_stack.distribution import (
    Behaviour,
    find_behaviour,
    read_behaviours,
    read_completion_seconds,
    read_throttle,
)
from tests.support.builders import HERMES, MemoryStore, catalog_bytes
from tests.support.constants import PROJECT
from tests.support.deployment.stack import Stack
from tests.support.http.asgi import ask, create_app
from tests.support.http.ignored_inputs import PAGES
from tests.support.http.queries import query_names as route_query

pytestmark = pytest.mark.e2e

API_GUIDE = (PROJECT / "docs" / "api.md").read_text("utf-8")

# CloudFront's own limit for each cache policy.
MAX_QUERY_NAMES = 10


def configuration(stack: Stack) -> dict[str, Any]:
    """Return the configuration of the one distribution."""
    (distribution,) = stack.of_type("AWS::CloudFront::Distribution").values()
    found: dict[str, Any] = distribution["DistributionConfig"]
    return found


def behaviours(stack: Stack) -> list[dict[str, Any]]:
    """Return all behaviours in the order in which CloudFront tries them, the default last."""
    config = configuration(stack)
    return [*config["CacheBehaviors"], {**config["DefaultCacheBehavior"], "PathPattern": "*"}]


def policies(stack: Stack) -> dict[str, dict[str, Any]]:
    """Return the configuration of each cache policy by its name in the template."""
    made = stack.of_type("AWS::CloudFront::CachePolicy")
    return {name: policy["CachePolicyConfig"] for name, policy in made.items()}


def matching_rules(stack: Stack) -> list[Behaviour]:
    """Return what CloudFront finds a behaviour by."""
    listed = {name: query_names(policy) for name, policy in policies(stack).items()}
    return [
        Behaviour(each["PathPattern"], policy, tuple(listed[policy]), tuple(each["AllowedMethods"]))
        for each in behaviours(stack)
        for policy in each["CachePolicyId"].values()
    ]


def query_names(policy: dict[str, Any]) -> list[str]:
    """Return the query parameters that a policy tells apart."""
    config = policy["ParametersInCacheKeyAndForwardedToOrigin"]["QueryStringsConfig"]
    assert config["QueryStringBehavior"] in ("none", "whitelist")
    return list(config.get("QueryStrings", []))


def names_read(path: str) -> set[str]:
    """Return the names of the query parameters that the application reads at a path."""
    if is_api(path):
        return names_described(path)
    found = Router(ROUTES).match(path)
    assert found
    return set(route_query(found[0]))


def names_described(path: str) -> set[str]:
    """Return the names that the description of the API has for a path: it has none for its own."""
    app = create_app(MemoryStore(catalog_bytes([HERMES])), "https://previews.example.org")
    described = json.loads(ask(app, "/api/openapi.json").body)["paths"]
    operations = [about["get"] for pattern, about in described.items() if fits(pattern, path)]
    assert operations or path == "/api/openapi.json"
    parameters = [one for operation in operations for one in operation.get("parameters", [])]
    return {one["name"] for one in parameters if one["in"] == "query"}


def fits(pattern: str, path: str) -> bool:
    """Return whether a path is one of a pattern of the API's description."""
    return bool(re.fullmatch("/api" + re.sub(r"{\w+}", "[^/]+", pattern), path))


def documented_addresses() -> list[str]:
    """Return the paths under "Addresses" in docs/api.md."""
    section = API_GUIDE.split("\n## Addresses\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    paths = [path.split("?")[0] for cell in cells for path in re.findall(r"`(/.*?)`", cell)]
    return [path.replace("{author}", "acme").replace("{slug}", "one") for path in paths]


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


def test_a_stack_takes_five_of_the_accounts_twenty_policies(stack: Stack) -> None:
    assert len(policies(stack)) <= 5


def test_model_pages_are_the_same_whatever_query_a_tracker_adds(stack: Stack) -> None:
    assert find_behaviour(matching_rules(stack), "/acme/one").query == ()


@pytest.mark.parametrize("path", documented_addresses())
def test_every_documented_address_gets_its_query(stack: Stack, path: str) -> None:
    assert names_read(path) <= set(find_behaviour(matching_rules(stack), path).query)


@pytest.mark.parametrize("path", PAGES)
def test_every_alias_gets_its_query(stack: Stack, path: str) -> None:
    assert PAGES[path] <= set(find_behaviour(matching_rules(stack), path).query)


def test_no_policy_lists_a_name_that_no_page_reads(stack: Stack) -> None:
    rules = matching_rules(stack)
    read: dict[str, set[str]] = {rule.policy: set() for rule in rules}
    for path, names in PAGES.items():
        read[find_behaviour(rules, path).policy] |= names

    assert read == {rule.policy: set(rule.query) for rule in rules}


def test_no_pattern_depends_on_an_optional_leading_slash(stack: Stack) -> None:
    patterns = [each["PathPattern"] for each in behaviours(stack)]

    assert [pattern for pattern in patterns[:-1] if not pattern.startswith("/")] == []


def test_the_local_cdn_reads_the_behaviours_that_aws_gets(stack: Stack) -> None:
    (origin,) = configuration(stack)["Origins"]
    parameters = stack.template["Parameters"]
    throttle = (parameters["RequestsPerSecond"]["Default"], parameters["RequestBurst"]["Default"])

    assert read_behaviours() == matching_rules(stack)
    assert read_completion_seconds() == origin["ResponseCompletionTimeout"]
    assert read_throttle() == throttle


def test_queries_are_read_in_these_modules_only() -> None:
    web = PROJECT / "handler" / "web"
    modules = {path for path in web.rglob("*.py") if "request.param" in path.read_text("utf-8")}

    assert {path.relative_to(web).as_posix() for path in modules} == {
        "cards/views.py",
        "errors.py",
        "pages/changelog/query.py",
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
    for behaviour in behaviours(stack):
        assert behaviour["AllowedMethods"] == behaviour["CachedMethods"]
        assert behaviour["ViewerProtocolPolicy"] == "redirect-to-https"
        assert behaviour["Compress"] is True
        # With one, the origin would see what the cache does not tell apart.
        assert "OriginRequestPolicyId" not in behaviour


@pytest.mark.promise("P18", "paths of the distribution that let a preflight through")
@pytest.mark.parametrize("path", PAGES)
def test_only_the_api_gets_preflights(stack: Stack, path: str) -> None:
    methods = ("GET", "HEAD", "OPTIONS") if is_api(path) else ("GET", "HEAD")

    assert find_behaviour(matching_rules(stack), path).methods == methods


def test_preflights_reach_the_function(stack: Stack) -> None:
    (api,) = stack.of_type("AWS::ApiGatewayV2::Api").values()
    (route,) = stack.of_type("AWS::ApiGatewayV2::Route").values()

    assert "CorsConfiguration" not in api  # the API would answer them itself, at every path
    assert route["RouteKey"] == "$default"


def test_an_old_page_is_served_before_most_crawlers_give_up(stack: Stack) -> None:
    (origin,) = configuration(stack)["Origins"]

    assert origin["ResponseCompletionTimeout"] == 4
    # CloudFront refuses a total that is less than the time of one attempt.
    assert origin["CustomOriginConfig"]["OriginReadTimeout"] <= origin["ResponseCompletionTimeout"]
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
