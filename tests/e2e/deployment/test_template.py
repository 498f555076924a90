"""SAM, Checkov and Parliament accept the template; SAM builds what its functions need."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from handler.version import read_version
from scripts.lib.paths import ROOT
from tests.support.deployment.stack import Stack
from tests.support.external import real_part

pytestmark = pytest.mark.e2e

# What a build reads: SAM's own copy of a whole project would take its environments along.
FOLDERS = ("handler", "templates")
FILES = ("Makefile", "requirements.txt", "pyproject.toml", "template.yaml", "samconfig.yaml")
# The processor in the header of a compiled file; the name of some, `*.abi3.so`, does not say.
AARCH64 = 0xB7
# SAM looks for credentials and for news of itself otherwise.
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "unused",
    "AWS_SECRET_ACCESS_KEY": "unused",
    "AWS_DEFAULT_REGION": "us-east-1",
    "SAM_CLI_TELEMETRY": "0",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what is built, whose build leaves nothing in the real one."""
    for name in FOLDERS:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def sam(project: Path, *arguments: str) -> str:
    """Return what SAM CLI says, which must not fail."""
    environment = {**os.environ, **ENVIRONMENT, "__SAM_CLI_APP_DIR": str(project)}
    ended = subprocess.run(
        [real_part("BURGEE_SAM"), *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


def test_the_template_is_valid_and_the_linter_finds_nothing(project: Path) -> None:
    said = sam(project, "validate", "--lint", "--region", "us-east-1")

    assert "is a valid SAM Template" in said


def test_checkov_finds_nothing_but_exceptions_that_have_a_reason() -> None:
    ended = subprocess.run(
        # Without --skip-download it asks the internet for more rules.
        [real_part("BURGEE_CHECKOV"), "--skip-download", "-o", "json", "-f", "template.yaml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    said = json.loads(ended.stdout)

    assert said["results"]["failed_checks"] == []
    assert said["summary"]["parsing_errors"] == 0
    assert said["summary"]["passed"] > 30
    assert all(
        len(check["check_result"]["suppress_comment"].split()) > 4
        for check in said["results"]["skipped_checks"]
    )


# What a name in a policy may stand for.
ARNS = {
    "AWS::S3::Bucket": "arn:aws:s3:::bucket",
    "AWS::SQS::Queue": "arn:aws:sqs:us-east-1:123456789012:queue",
    "AWS::Lambda::Function": "arn:aws:lambda:us-east-1:123456789012:function:name",
    "AWS::Logs::LogGroup": "arn:aws:logs:us-east-1:123456789012:log-group:name:*",
}
PSEUDO = {"AWS::Partition": "aws", "AWS::Region": "us-east-1", "AWS::AccountId": "123456789012"}


def resolved(stack: Stack, value: Any) -> Any:
    """Return a part of a policy with the functions in it filled in."""
    if isinstance(value, list):
        return [resolved(stack, item) for item in value]
    if not isinstance(value, dict):
        return value
    if "Fn::GetAtt" in value:
        return ARNS[stack.resources[value["Fn::GetAtt"][0]]["Type"]]
    if "Fn::If" in value:
        return resolved(stack, value["Fn::If"][1])
    if "Fn::Sub" in value:
        return re.sub(
            r"\${([\w:]+)(\.Arn)?}", lambda name: filled_in(stack, name), value["Fn::Sub"]
        )
    return {key: resolved(stack, inner) for key, inner in value.items()}


def filled_in(stack: Stack, name: re.Match[str]) -> str:
    resource = stack.resources.get(name[1])
    return ARNS[resource["Type"]] if resource else PSEUDO.get(name[1], "name")


@pytest.mark.parametrize("role", ["RenderRole", "RefreshRole", "RefreshFunctionScheduleRole"])
def test_parliament_finds_nothing_in_the_policy_of_a_role(stack: Stack, role: str) -> None:
    statements = [resolved(stack, said) for said in stack.statements(role)]
    good = {"Version": "2012-10-17", "Statement": statements}
    bad = {"Version": "2012-10-17", "Statement": [{**statements[0], "Action": "s3:GetNothing"}]}

    assert parliament(good) == ""
    assert "UNKNOWN_ACTION" in parliament(bad)


def parliament(policy: dict[str, Any]) -> str:
    """Return the findings about a policy, as lines of JSON."""
    ended = subprocess.run(
        [real_part("BURGEE_PARLIAMENT"), "--json"],
        input=json.dumps(policy),
        capture_output=True,
        text=True,
        timeout=120,
    )
    # Its imports warn of what setuptools will drop.
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended.stdout


def test_sam_builds_each_function_for_its_processor(project: Path) -> None:
    sam(project, "build")

    for function in ("RenderFunction", "RefreshFunction"):
        built = project / ".aws-sam" / "build" / function
        assert (built / "handler" / "render.py").exists()
        assert (built / "handler" / "refresh.py").exists()
        # This copy has no .git, and so no commit.
        assert read_version(built / "handler") == read_version()
        assert (built / "handler" / "version.txt").exists()
        assert list((built / "templates" / "compiled").glob("pages_*.py"))
        assert (built / "handler" / "__pycache__" / "render.cpython-313.pyc").exists()
        machines = {path.name: path.read_bytes()[18] for path in built.rglob("*.so")}
        assert set(machines.values()) == {AARCH64}, machines
        assert not (built / "tests").exists()
        assert not (built / "scripts").exists()
