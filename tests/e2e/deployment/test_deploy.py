"""scripts/deploy, in a terminal, against a local CloudFormation.

moto stands for AWS, with stand-ins for kinds of resources that it lacks and without running
functions: see tests/support/deployment/local_cloudformation.py. A stand-in for `sam build` copies
the template; the real build has tests of its own. No site answers, so that its checks fail.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pytest

from scripts.lib.paths import ROOT
from tests.support.external import real_part
from tests.support.servers.connect_proxy import ConnectProxy
from tests.support.terminal import run_with_empty_answers

pytestmark = pytest.mark.e2e

REGION = "eu-west-1"
DOMAIN = "d111111abcdef8.cloudfront.net"
SERVER = ROOT / "tests" / "support" / "deployment" / "local_cloudformation.py"
FOLDERS = ("handler", "templates", "scripts")
FILES = ("Makefile", "requirements.txt", "template.yaml", "samconfig.yaml")
BUILD = """#!/bin/sh
if [ "$1" = build ]; then
  # A copy of a whole project would take its environments along, also when answers are saved.
  [ "$2" = --build-in-source ] || exit 1
  mkdir -p .aws-sam/build/RenderFunction && cp template.yaml .aws-sam/build/
else
  exec "{sam}" "$@"
fi
"""


@dataclass
class Account:
    """An AWS account on this machine, and a checkout to deploy from."""

    project: Path
    environment: dict[str, str]
    asked: list[str] = field(default_factory=list)

    def run(self, *arguments: str) -> tuple[int, str]:
        """Return the exit status and output of a command of the checkout."""
        with ConnectProxy() as proxy:
            environment = {**self.environment, "HTTPS_PROXY": proxy.url}
            result = run_with_empty_answers(arguments, self.project, environment)
        self.asked = proxy.hosts
        return result

    def deploy(self, *arguments: str) -> tuple[int, str]:
        return self.run(sys.executable, "-P", "-m", "scripts.commands.deploy", *arguments)

    def client(self, service: str) -> Any:
        url = self.environment["AWS_ENDPOINT_URL"]
        keys = {"aws_access_key_id": "unused", "aws_secret_access_key": "unused"}
        return boto3.client(  # type: ignore[call-overload]
            service, region_name=REGION, endpoint_url=url, **keys
        )

    def parameters(self, stack: str) -> dict[str, str]:
        (said,) = self.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
        return {item["ParameterKey"]: item["ParameterValue"] for item in said["Parameters"]}

    def saved(self) -> dict[str, Any]:
        document = tomllib.loads((self.project / "samconfig.toml").read_text())
        return dict(document["default"]["deploy"]["parameters"])


@pytest.fixture(scope="module")
def aws() -> Iterator[str]:
    """The URL of a local CloudFormation."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
    with subprocess.Popen(
        [real_part("BURGEE_MOTO"), SERVER, str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert server.poll() is None
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the local CloudFormation did not start")


@pytest.fixture
def account(aws: str, tmp_path: Path) -> Account:
    """A checkout, and a person with a region and keys in ~/.aws alone."""
    project, home, programs = tmp_path / "project", tmp_path / "home", tmp_path / "programs"
    ignored = shutil.ignore_patterns("__pycache__")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, project / name, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, project)
    programs.mkdir()
    (programs / "sam").write_text(BUILD.format(sam=real_part("BURGEE_SAM")))
    (programs / "sam").chmod(0o755)
    (home / ".aws").mkdir(parents=True)
    (home / ".aws" / "config").write_text(f"[profile work]\nregion = {REGION}\n")
    keys = "aws_access_key_id = unused\naws_secret_access_key = unused\n"
    (home / ".aws" / "credentials").write_text(f"[work]\n{keys}")
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "BURGEE_"))}
    return Account(
        project,
        {
            **inherited,
            "HOME": str(home),
            "PATH": f"{programs}:{os.environ['PATH']}",
            "PYTHONPATH": str(project),
            "AWS_ENDPOINT_URL": aws,
            "NO_PROXY": "127.0.0.1",
            "SAM_CLI_TELEMETRY": "0",
            "SAM_CLI_POLL_DELAY": "0.1",
        },
    )


def test_first_deployment_succeeds_with_empty_answers(account: Account) -> None:
    status, printed = account.deploy("--guided", "--stack-name", "previews-1", "--profile", "work")

    assert f"Successfully created/updated stack - previews-1 in {REGION}" in printed
    assert f"\nSiteUrl: https://{DOMAIN}\n" in printed
    assert "\nRefreshing the catalog" in printed
    assert "\nFAILED" in printed
    assert status == 1
    # The proxy also sees SAM look for its newest version.
    assert {host for host in account.asked if "cloudfront" in host} == {f"{DOMAIN}:443"}
    # Answers are saved for later, without the parameters, which the stack keeps.
    assert account.saved() == {
        "stack_name": "previews-1",
        "resolve_s3": True,
        "s3_prefix": "previews-1",
        "region": REGION,
        "profile": "work",
        "capabilities": "CAPABILITY_IAM",
        "image_repositories": [],
    }
    created = {path.name for path in account.project.iterdir()} - set(FOLDERS) - set(FILES)
    assert created == {".aws-sam", "samconfig.toml"}


def test_changed_parameter_is_kept_with_all_others(account: Account) -> None:
    account.deploy("--guided", "--stack-name", "previews-2", "--profile", "work")
    first = account.parameters("previews-2")

    account.deploy("--set", "ContactUrl=https://example.org/", "--set", "ScheduleState=DISABLED")
    account.deploy("--set", "RefreshMinutes=30")
    _, printed = account.deploy()

    assert f"\nSiteUrl: https://{DOMAIN}\n" in printed
    changed = {"ContactUrl": "https://example.org/", "ScheduleState": "DISABLED"}
    assert account.parameters("previews-2") == first | changed | {"RefreshMinutes": "30"}


def test_fresh_checkout_keeps_all_parameters(account: Account) -> None:
    account.deploy("--guided", "--stack-name", "previews-3", "--profile", "work")
    account.deploy("--set", "RefreshMinutes=30")
    (account.project / "samconfig.toml").unlink()

    _, printed = account.deploy("--stack-name", "previews-3", "--profile", "work")

    assert f"\nSiteUrl: https://{DOMAIN}\n" in printed
    assert account.parameters("previews-3")["RefreshMinutes"] == "30"


def test_failed_check_rolls_back_to_the_previous_template(account: Account) -> None:
    account.deploy("--guided", "--stack-name", "previews-4", "--profile", "work")
    first = account.parameters("previews-4")
    cloudformation = account.client("cloudformation")
    template = cloudformation.get_template(StackName="previews-4")["TemplateBody"]

    (account.project / "template.yaml").write_text(
        (ROOT / "template.yaml").read_text().replace("Answers every", "Broken answers every")
    )
    status, printed = account.deploy("--set", "RefreshMinutes=60", "--roll-back")

    assert status == 1
    assert "The rollback of previews-4 is done." in printed
    assert account.parameters("previews-4") == first
    restored = cloudformation.get_template(StackName="previews-4")["TemplateBody"]
    assert "Broken" not in restored
    assert restored == template


def test_plain_sam_succeeds_with_empty_answers(account: Account) -> None:
    environment = {**account.environment, "AWS_PROFILE": "work"}
    (account.project / ".aws-sam" / "build").mkdir(parents=True)
    shutil.copy(ROOT / "template.yaml", account.project / ".aws-sam" / "build")
    command = [str(real_part("BURGEE_SAM")), "deploy", "--guided"]

    status, printed = run_with_empty_answers(command, account.project, environment)

    assert (status, "Successfully created/updated stack - burgee" in printed) == (0, True)
    assert account.saved()["region"] == REGION
    # Changed in the saved file, a parameter is kept by later deployments.
    path = account.project / "samconfig.toml"
    path.write_text(path.read_text().replace('RefreshMinutes=\\"15\\"', 'RefreshMinutes=\\"5\\"'))
    run_with_empty_answers(command[:-1], account.project, environment)
    run_with_empty_answers(command[:-1], account.project, environment)
    assert account.parameters("burgee")["RefreshMinutes"] == "5"
