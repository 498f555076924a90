"""scripts/stack as someone runs it who wants to see the deployment before deploying."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.commands import stack
from scripts.lib.paths import ROOT
from scripts.lib.tools import Tool
from scripts.local_stack.processes import accepts_connections
from tests.support.external import real_part
from tests.support.http.answer import http_get

pytestmark = pytest.mark.e2e

PAGES = re.compile(r"^(?:CDN|API Gateway) +(http://\S+?:\d+)(/\S+)$", re.MULTILINE)


def test_stack_prints_its_servers_and_ctrl_c_stops_them(tmp_path: Path) -> None:
    for variable in ("BURGEE_RIE", "BURGEE_LAMBDA_PYTHON", "BURGEE_SAM", "BURGEE_NGINX"):
        real_part(variable)
    command = [sys.executable, "-P", "-m", "scripts.commands.stack", "--offline", "--port", "0"]
    folders = {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    environment = {**os.environ, **folders, "ROBOTS_LLM": "training"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as running:
        try:
            said = said_until(running, "Ctrl-C stops all of it.")
            pages = PAGES.findall(said)
            statuses = [http_get(address, path).status for address, path in pages]
            robots = http_get(pages[0][0], "/robots.txt").text
        finally:
            running.send_signal(signal.SIGINT)
            rest = stopped(running)

    ports = {int(port) for port in re.findall(r"127\.0\.0\.1:(\d+)", said)}
    assert statuses == [200, 200]
    assert "User-agent: GPTBot" in robots
    assert (rest, running.returncode) == ("Stopped.\n", 0)
    assert len(ports) == 5
    assert [port for port in ports if accepts_connections(port)] == []
    assert list(tmp_path.iterdir()) == []


def stopped(running: "subprocess.Popen[str]") -> str:
    """Return what the command says as it ends, and see to it that it does."""
    try:
        return running.communicate(timeout=30)[0]
    except subprocess.TimeoutExpired:
        running.terminate()
        raise


def said_until(running: "subprocess.Popen[str]", words: str) -> str:
    """Return what the command says up to these words."""
    assert running.stdout
    lines = []
    for line in running.stdout:
        lines.append(line)
        if words in line:
            break
    return "".join(lines)


def test_missing_tools_are_named() -> None:
    absent = Tool("nginx", "BURGEE_NGINX", "", "missing, nginx did not run")

    with pytest.raises(stack.NotStarted, match="nginx is missing, nginx did not run"):
        stack.select_tools([absent])
