"""The AWS SAM CLI."""

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.aws.deployment import Deployment
from scripts.aws.stacks import Template
from scripts.lib.command_line import DONE, FAILED
from scripts.lib.paths import ROOT
from scripts.lib.tools import install, is_available

# An unchanged stack is no error: the refresh and the checks still run.
_ALWAYS = ("--no-fail-on-empty-changeset",)
# Where no file says so: in a checkout from which nothing was deployed yet.
_DEFAULTS = ("--capabilities", "CAPABILITY_IAM", "--resolve-s3")


def sam_command() -> str:
    """Return the SAM CLI on PATH, else one installed for this checkout, "" if that failed."""
    if is_available("sam"):
        return "sam"
    python = install("environment", "sam", "tests/requirements-sam.txt")
    return str(Path(python).with_name("sam")) if python else ""


def deploy(deployment: Deployment, arguments: Sequence[str], *, stage: str, is_saved: bool) -> int:
    """Run `sam deploy`, and return 1 if it failed, else 0.

    A stage that is not saved in samconfig.toml gets SAM's usual settings.
    """
    defaults = () if is_saved else _DEFAULTS
    return _run(*_named(deployment), "--config-env", stage, *defaults, *_ALWAYS, *arguments)


def deploy_template(deployment: Deployment, template: Template) -> int:
    """Deploy what a stack was made from, with code that is uploaded already."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.yaml"
        path.write_text(template.text, "utf-8")
        values = [f'{name}="{value}"' for name, value in template.parameters.items()]
        return _run(
            *_named(deployment),
            *("--template-file", str(path), "--no-confirm-changeset"),
            *_DEFAULTS,
            *_ALWAYS,
            *("--parameter-overrides", *values),
        )


def _run(*arguments: str) -> int:
    done = subprocess.run([sam_command(), "deploy", *arguments], cwd=ROOT)
    return FAILED if done.returncode else DONE


def _named(deployment: Deployment) -> Iterator[str]:
    yield from ("--stack-name", deployment.stack)
    if deployment.region:
        yield from ("--region", deployment.region)
    if deployment.profile:
        yield from ("--profile", deployment.profile)
