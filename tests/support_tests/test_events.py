from tests.support.events import DOMAIN_NAME, http_event, scheduled_event


def test_path_arrives_decoded_once_and_ends_before_a_decoded_question_mark() -> None:
    assert http_event("/a%2Fb/c%2520d")["rawPath"] == "/a/b/c%20d"
    assert http_event("/a/b%3Fc")["requestContext"]["http"]["path"] == "/a/b"


def test_header_names_arrive_in_lower_case_and_cookies_apart() -> None:
    event = http_event("/", headers={"If-None-Match": '"x"', "Cookie": "a=1; b=2"})

    assert event["headers"]["if-none-match"] == '"x"'
    assert "cookie" not in event["headers"]
    assert event["cookies"] == ["a=1", "b=2"]


def test_parameters_of_one_name_are_joined() -> None:
    event = http_event("/compare", query="m=a%2Fb&m=c%2Fd")

    assert event["rawQueryString"] == "m=a%2Fb&m=c%2Fd"
    assert event["queryStringParameters"] == {"m": "a/b,c/d"}
    assert "queryStringParameters" not in http_event("/")


def test_domain_name_is_the_api_s_whatever_the_host_header_says() -> None:
    event = http_event("/", headers={"Host": "evil.example"})

    assert event["headers"]["host"] == "evil.example"
    assert event["requestContext"]["domainName"] == DOMAIN_NAME


def test_scheduled_event_comes_from_the_scheduler() -> None:
    assert scheduled_event()["source"] == "aws.scheduler"
