import pytest

from handler.domain.errors import SettingsError
from handler.settings import Settings


def test_a_store_is_all_that_must_be_set() -> None:
    assert Settings.from_env({"BURGEE_STORE": "folder"}) == Settings(store="folder")


@pytest.mark.parametrize("url", ["http://localhost:8000", "http://127.0.0.1", "http://[::1]:80"])
def test_a_site_may_be_on_this_machine(url: str) -> None:
    assert Settings.from_env({"BURGEE_STORE": "x", "SITE_URL": url}).site_url == url


def test_every_setting_is_read_and_empty_ones_are_not_set() -> None:
    environment = {
        "BURGEE_STORE": "s3://bucket/catalog",
        "SITE_URL": "https://previews.example.org/",
        "OPENROUTER_URL": "http://127.0.0.1:1/v1",
        "ARENA_URL": "http://127.0.0.1:1/rows",
        "ENDPOINT_REQUESTS_PER_SECOND": "0.5",
        "ENDPOINT_TIME_BUDGET_SECONDS": "30",
        "MAX_LOST_FRACTION": "0.1",
        "MAX_REPRICED_FRACTION": "0",
        "MAX_SKIPPED_FRACTION": "1",
        "EXPLORER_URL": "https://explorer.example.org/models/{id}",
        "ROBOTS_LLM": "training",
        "CONTACT_URL": "https://example.org/issues",
        "OPENROUTER_API_KEY": "key",
        "OPENROUTER_API_KEY_NAME": "/burgee/key",
        "AWS_REGION": "eu-central-1",
        "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:2",
    }

    assert Settings.from_env(environment) == Settings(
        store="s3://bucket/catalog",
        site_url="https://previews.example.org",
        openrouter_url="http://127.0.0.1:1/v1",
        arena_url="http://127.0.0.1:1/rows",
        endpoint_requests_per_second=0.5,
        endpoint_time_budget_seconds=30.0,
        sanity_limits={
            "max_lost_fraction": 0.1,
            "max_repriced_fraction": 0.0,
            "max_skipped_fraction": 1.0,
        },
        explorer_url="https://explorer.example.org/models/{id}",
        disallowed_ai_crawlers=("training",),
        contact_url="https://example.org/issues",
        openrouter_api_key="key",
        openrouter_api_key_name="/burgee/key",
        aws_region="eu-central-1",
        s3_endpoint_url="http://127.0.0.1:2",
    )
    nothing = dict.fromkeys(environment, "") | {"BURGEE_STORE": "folder"}
    assert Settings.from_env(nothing) == Settings(store="folder")


def test_alternative_aws_sdk_variables_are_fallbacks() -> None:
    settings = Settings.from_env(
        {"BURGEE_STORE": "x", "AWS_DEFAULT_REGION": "eu-west-1", "AWS_ENDPOINT_URL": "http://a:1"}
    )

    assert (settings.aws_region, settings.s3_endpoint_url) == ("eu-west-1", "http://a:1")


@pytest.mark.parametrize(
    "url",
    [
        "previews.example.org",
        "ftp://a.example",
        "https://",
        "https://a.example/path",
        "https:",
        "https://a.example?x=1",
        "https://a.example#x",
        "https://me@a.example",
        "//a.example",
        "https://a.example/\n",
    ],
)
def test_a_site_that_is_no_origin_is_refused_by_its_key(url: str) -> None:
    with pytest.raises(SettingsError, match="SITE_URL"):
        Settings.from_env({"BURGEE_STORE": "x", "SITE_URL": url})


def test_a_missing_store_is_refused_by_its_key() -> None:
    with pytest.raises(SettingsError, match="BURGEE_STORE is not set"):
        Settings.from_env({})


@pytest.mark.parametrize(
    ("policy", "kinds"),
    [
        ("", ()),
        ("allow", ()),
        ("training", ("training",)),
        ("user,training", ("training", "user")),
        ("search, user,search", ("search", "user")),
        ("training,search,user", ("training", "search", "user")),
        ("all", ("training", "search", "user")),
        ("disallow", ("training", "search", "user")),
    ],
)
def test_ai_crawlers_are_disallowed_by_kind(policy: str, kinds: tuple[str, ...]) -> None:
    settings = Settings.from_env({"BURGEE_STORE": "x", "ROBOTS_LLM": policy})

    assert settings.disallowed_ai_crawlers == kinds


@pytest.mark.parametrize(
    "policy", ["no", "Training", "training,", "training,all", "training search", "preview", ","]
)
def test_a_policy_that_is_none_is_refused_with_a_sentence(policy: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env({"BURGEE_STORE": "x", "ROBOTS_LLM": policy})

    assert str(refused.value) == (
        f"ROBOTS_LLM is {policy!r}, not 'allow', 'disallow', 'all' or kinds of crawlers to "
        "disallow, separated by commas: training, search, user"
    )


@pytest.mark.parametrize(
    "url",
    [
        "explorer.example.org",
        "javascript:alert(1)",
        "https://a.example/<b>",
        "//a.example",
        "https://a.example/ {id}",
        "https://a.example/\n",
    ],
)
def test_an_explorer_that_has_no_address_is_refused_by_its_key(url: str) -> None:
    with pytest.raises(SettingsError, match="EXPLORER_URL is"):
        Settings.from_env({"BURGEE_STORE": "x", "EXPLORER_URL": url})


@pytest.mark.parametrize("url", ["javascript:alert(1)", "example.org", "https://a b", "mailto:"])
def test_a_contact_that_is_no_address_is_refused_by_its_key(url: str) -> None:
    with pytest.raises(SettingsError, match="CONTACT_URL is "):
        Settings.from_env({"BURGEE_STORE": "x", "CONTACT_URL": url})


def test_the_leaderboard_may_be_left_alone() -> None:
    assert Settings.from_env({"BURGEE_STORE": "x", "ARENA_URL": "off"}).arena_url == ""


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("MAX_LOST_FRACTION", "40%"),
        ("MAX_LOST_FRACTION", "1.1"),
        ("MAX_REPRICED_FRACTION", "-0.1"),
        ("MAX_SKIPPED_FRACTION", "nan"),
        ("ENDPOINT_REQUESTS_PER_SECOND", "inf"),
        ("ENDPOINT_TIME_BUDGET_SECONDS", "600"),
    ],
)
def test_a_number_out_of_its_range_is_refused_by_its_key(key: str, text: str) -> None:
    with pytest.raises(SettingsError, match=f"{key} is '{text}', not a number from 0 to"):
        Settings.from_env({"BURGEE_STORE": "x", key: text})


@pytest.mark.promise("P22", "API keys that no header can carry")
@pytest.mark.parametrize(
    "key", ["sk-marked\nX-Evil: 1", "sk-marked é", "sk-marked\x7f", "sk marked"]
)
def test_key_unfit_for_a_header_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(SettingsError, match=r"^OPENROUTER_API_KEY ") as refused:
        Settings.from_env({"BURGEE_STORE": "folder", "OPENROUTER_API_KEY": key})

    assert "marked" not in str(refused.value)


def test_white_space_around_a_key_is_no_part_of_it() -> None:
    settings = Settings.from_env({"BURGEE_STORE": "folder", "OPENROUTER_API_KEY": " key\n"})

    assert settings.openrouter_api_key == "key"
