from tests.support.http.lambda_events import DOMAIN_NAME, http_event, scheduled_event


def test_path_is_decoded_once_and_cut_at_question_mark() -> None:
    assert http_event("/a%2Fb/c%2520d")["rawPath"] == "/a/b/c%20d"
    assert http_event("/a/b%3Fc")["requestContext"]["http"]["path"] == "/a/b"


def test_header_names_are_lowercase_and_cookies_separate() -> None:
    event = http_event("/", headers={"If-None-Match": '"x"', "Cookie": "a=1; b=2"})

    assert event["headers"]["if-none-match"] == '"x"'
    assert "cookie" not in event["headers"]
    assert event["cookies"] == ["a=1", "b=2"]


def test_repeated_parameters_are_joined() -> None:
    event = http_event("/compare", query="m=a%2Fb&m=c%2Fd")

    assert event["rawQueryString"] == "m=a%2Fb&m=c%2Fd"
    assert event["queryStringParameters"] == {"m": "a/b,c/d"}
    assert "queryStringParameters" not in http_event("/")


def test_domain_name_is_independent_of_host_header() -> None:
    event = http_event("/", headers={"Host": "evil.example"})

    assert event["headers"]["host"] == "evil.example"
    assert event["requestContext"]["domainName"] == DOMAIN_NAME


def test_scheduled_event_names_the_scheduler() -> None:
    assert scheduled_event()["source"] == "aws.scheduler"
