"""Which stack, region and profile a command means."""

import argparse
from pathlib import Path

import pytest

from handler.adapters.storage.s3_location import S3Location
from scripts.aws.deployment import (
    Deployment,
    add_stack_options,
    find_answered_deployment,
    find_deployment,
)
from scripts.aws.samconfig import drop_parameters, find_answered_stage, read_stages
from scripts.aws.stacks import use_session

# As `sam deploy --guided` writes it.
SAVED = """version = 0.1
[default.deploy.parameters]
stack_name = "mine"
resolve_s3 = true
region = "eu-west-1"
parameter_overrides = "DomainName=\\"\\" RefreshMinutes=\\"30\\""

[production]
[production.deploy]
[production.deploy.parameters]
stack_name = "prod"
profile = "work"
parameter_overrides = "DomainName=\\"a.example\\""
[production.global.parameters]
region = "ap-south-1"
"""


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "samconfig.toml"
    path.write_text(SAVED)
    return path


def parse(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_stack_options(parser)
    return parser.parse_args(arguments)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], Deployment("mine", "eu-west-1")),
        (["--config-env", "production"], Deployment("prod", "ap-south-1", "work")),
        (["--config-env", "new", "--profile", "p"], Deployment("burgee", None, "p")),
        (["--stack-name", "x", "--region", "us-west-2"], Deployment("x", "us-west-2")),
    ],
    ids=["saved", "stage", "stage that is not saved", "options"],
)
def test_options_come_before_what_is_saved(
    saved: Path, arguments: list[str], expected: Deployment
) -> None:
    options = parse(*arguments)

    assert find_deployment(options, read_stages(saved).get(options.config_env, {})) == expected


def test_answers_come_before_options(saved: Path) -> None:
    options = parse("--stack-name", "proposed", "--profile", "work")

    answered = find_answered_deployment(options, read_stages(saved)["default"])
    assert answered == Deployment("mine", "eu-west-1", "work")


def test_answered_stage_is_the_one_that_changed(saved: Path) -> None:
    after = read_stages(saved)

    assert find_answered_stage({}, {"staging": {}}, "default") == "staging"
    assert find_answered_stage(after, after, "default") == "default"


def test_parameters_of_one_stage_are_dropped(saved: Path) -> None:
    before = read_stages(saved)

    assert drop_parameters("default", saved)

    expected = {**before["default"]}
    del expected["parameter_overrides"]
    assert read_stages(saved) == before | {"default": expected}


def test_parameters_on_several_lines_are_left(tmp_path: Path) -> None:
    path = tmp_path / "samconfig.toml"
    text = '[a.deploy.parameters]\nparameter_overrides = [\n  "A=1",\n]\n'
    path.write_text(text)

    assert not drop_parameters("a", path)
    assert path.read_text() == text


@pytest.mark.parametrize("text", [None, "not TOML"], ids=["missing", "unreadable"])
def test_unreadable_file_says_nothing(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "samconfig.toml"
    if text:
        path.write_text(text)

    assert read_stages(path) == {}
    assert drop_parameters("default", path)


def test_region_is_found_as_the_sdk_finds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config"
    config.write_text(
        "[default]\nregion = eu-west-1\n[profile work]\nregion = ap-south-1\n[profile x]\n"
    )
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))

    assert use_session(None, None) == "eu-west-1"
    assert use_session(None, "work") == "ap-south-1"
    assert use_session(None, "x") == ""
    assert use_session("us-west-2", "work") == "us-west-2"
    monkeypatch.setenv("AWS_REGION", "eu-north-1")
    assert use_session(None, "work") == "eu-north-1"
    assert S3Location.parse("s3://b/c", use_session(None, None), None).region == "eu-north-1"
