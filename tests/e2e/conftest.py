"""The built artefact, made once for all tests that run it."""

import os
from pathlib import Path

import pytest

from scripts.local_stack import build_artifact
from scripts.local_stack.lambda_emulator import version_of
from tests.support.deployment.stack import Stack, transformed
from tests.support.external import real_part


@pytest.fixture(scope="session")
def lambda_python() -> Path:
    """The interpreter that runs functions: Lambda's version, and Lambda's client alone."""
    return real_part("BURGEE_LAMBDA_PYTHON")


@pytest.fixture(scope="session")
def built(lambda_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What would be uploaded, with the wheels of this machine's processor: once for all workers."""
    folder = tmp_path_factory.getbasetemp()
    place = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "artefact"
    return build_artifact.build(place, version_of(lambda_python), build_artifact.local_platforms())


@pytest.fixture(scope="session")
def stack() -> Stack:
    """What AWS makes of the template."""
    return transformed(real_part("BURGEE_SAM").with_name("python"))
