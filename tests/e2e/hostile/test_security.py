"""What Mozilla's HTTP Observatory and Google's CSP Evaluator say of the site, over TLS."""

import json
import os
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from handler.adapters.storage.file_store import FileStore
from handler.web.http.headers import NON_HTML_CSP
from handler.web.rendering.templates import Templates
from tests.support.builders import HERMES, catalog_bytes
from tests.support.constants import TEMPLATES
from tests.support.external import real_part
from tests.support.servers.serve_process import serving
from tests.support.servers.tls import HOST, tls_end

pytestmark = pytest.mark.e2e

PATHS = ["/", "/changes", "/methodology", "/api", "/nousresearch/hermes-4-405b", "/no/such-model"]
PATHS += ["/feed.xml", "/nousresearch/hermes-4-405b/badge.svg", "/api/status", "/robots.txt"]


def judged(environment: dict[str, str], **asked: Any) -> dict[str, Any]:
    """Return what the judges say."""
    nothing: dict[str, Any] = {
        "hostname": HOST,
        "httpPort": 0,
        "httpsPort": 0,
        "paths": [],
        "policies": [],
    }
    ran = subprocess.run(
        ["node", real_part("BURGEE_JUDGES")],
        input=json.dumps(nothing | asked).encode(),
        capture_output=True,
        env={**os.environ, **environment},
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr.decode()[-2_000:]
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@pytest.fixture(scope="module")
def grades(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("store")
    FileStore(folder).put(catalog_bytes([HERMES]), None)
    with (
        serving("--store", folder, "--offline") as (address, _),
        tls_end(address, real_part("BURGEE_NGINX")) as end,
    ):
        trusting = {"NODE_EXTRA_CA_CERTS": str(end.certificate)}
        ports = {"httpPort": end.http, "httpsPort": end.https}
        yield judged(trusting, **ports, paths=PATHS)["grades"]


@pytest.mark.promise("P21", "pages graded by Mozilla's HTTP Observatory")
@pytest.mark.parametrize("path", PATHS)
def test_the_observatory_gives_every_answer_its_best_grade(
    grades: dict[str, Any], path: str
) -> None:
    assert (grades[path]["grade"], grades[path]["failed"]) == ("A+", [])
    assert grades[path]["score"] >= 100


@pytest.mark.promise("P21", "policies read by Google's CSP Evaluator")
def test_the_evaluator_finds_nothing_in_our_policies() -> None:
    policies = [Templates(TEMPLATES).csp, NON_HTML_CSP]

    assert judged({}, policies=policies)["findings"] == {policy: [] for policy in policies}


def test_graders_find_weak_headers() -> None:
    weak = "script-src 'unsafe-inline'"

    assert judged({}, policies=[weak])["findings"][weak] != []
