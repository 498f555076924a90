"""The reference tables in docs/ match the code: addresses, parameters, settings, commands."""

import json
import re

import pytest

from handler.domain.comparison.comparison import PARAMETERS as COMPARISON_PARAMETERS
from handler.domain.search.query import PARAMETERS
from handler.settings import Settings
from handler.web.app import ROUTES
from scripts.commands import (
    ai_crawlers,
    bench,
    build,
    contact_sheet,
    crawlers_doc,
    deploy,
    lock,
    purge,
    refresh,
    rollback,
    sample,
    serve,
    smoke,
    stack,
    test,
    unfurl,
)
from tests.support.builders import HERMES, MemoryStore, catalog_bytes
from tests.support.constants import PROJECT
from tests.support.http.asgi import ask, create_app
from tests.support.recording_environment import RecordingEnvironment

DOCS = PROJECT / "docs"
TEMPLATE = (PROJECT / "template.yaml").read_text("utf-8")


def table_rows(name: str, heading: str = "") -> list[list[str]]:
    """Return the rows that begin with code, of all tables in a document or under a heading."""
    text = (DOCS / name).read_text("utf-8")
    section = text.split(f"\n## {heading}\n")[1].split("\n## ")[0] if heading else text
    rows = re.findall(r"^\| (`.*) \|$", section, re.MULTILINE)
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)] for row in rows]


def test_settings_are_those_that_are_read() -> None:
    environment = RecordingEnvironment()
    Settings.from_env(environment)

    named = {
        key for row in table_rows("settings.md") for key in re.findall(r"`([A-Z0-9_]+)`", row[0])
    }
    assert named == environment.keys_read


def test_template_sets_only_settings_that_are_read() -> None:
    blocks = re.findall(r"Variables:\n((?:\s+[A-Z_]+: .*\n)+)", TEMPLATE)
    keys = set(re.findall(r"^\s+([A-Z_]+):", "".join(blocks), re.MULTILINE))
    environment = RecordingEnvironment()
    Settings.from_env(environment)

    assert {"BURGEE_STORE", "SITE_URL"} <= keys <= environment.keys_read


def test_every_address_is_served() -> None:
    app = create_app(MemoryStore(catalog_bytes([HERMES])), "https://previews.example.org")
    author, slug = HERMES["id"].split("/")
    paths = [
        path.replace("{author}", author).replace("{slug}", slug)
        for row in table_rows("api.md", "Addresses")
        for path in re.findall(r"`(.*?)`", row[0])
    ]

    assert len(paths) >= 9
    statuses = {}
    for path in paths:
        route, _, query = path.partition("?")
        statuses[path] = ask(app, route, scope={"query_string": query.encode()}).status
    assert statuses == dict.fromkeys(paths, 200)


def documented_paths() -> set[str]:
    """Return the path patterns of the addresses, without queries."""
    cells = [row[0] for row in table_rows("api.md", "Addresses")]
    return {path.split("?")[0] for cell in cells for path in re.findall(r"`(.*?)`", cell)}


def test_every_route_has_an_address() -> None:
    patterns = {route.pattern.replace("{model}", "{author}/{slug}") for route in ROUTES}
    numbered = {pattern for pattern in patterns if "{hash}" in pattern or "{number}" in pattern}

    assert patterns - numbered - documented_paths() == set()


def test_every_operation_of_the_api_has_an_address() -> None:
    app = create_app(MemoryStore(catalog_bytes([HERMES])), "https://previews.example.org")
    operations = json.loads(ask(app, "/api/openapi.json").text)["paths"]

    assert {f"/api{path}" for path in operations} - documented_paths() == set()


def test_comparison_parameters_are_those_that_are_read() -> None:
    listed = [
        name
        for row in table_rows("api.md", "Comparison parameters")
        for name in re.findall(r"`([\w\[\]]+)`", row[0])
    ]

    assert sorted(listed) == sorted(COMPARISON_PARAMETERS)


def test_explorer_parameters_are_those_that_are_read() -> None:
    listed = [
        name
        for row in table_rows("api.md", "Explorer parameters")
        for name in re.findall(r"`(\w+)`", row[0])
    ]

    assert listed == list(PARAMETERS)


PARSERS = {
    "serve": serve,
    "refresh": refresh,
    "test": test,
    "sample": sample,
    "contact-sheet": contact_sheet,
    "crawlers-doc": crawlers_doc,
    "ai-crawlers": ai_crawlers,
    "unfurl": unfurl,
    "stack": stack,
    "build": build,
    "deploy": deploy,
    "smoke": smoke,
    "rollback": rollback,
    "purge": purge,
    "bench": bench,
    "lock": lock,
}


@pytest.mark.parametrize("command", PARSERS)
def test_options_of_every_command_are_listed(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        PARSERS[command].main(["--help"])
    offered = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help", "--version"}

    (row,) = [row for row in table_rows("commands.md") if row[0] == f"`scripts/{command}`"]
    listed = set(re.findall(r"--[a-z-]+", row[1]))
    assert listed <= offered
    assert command == "sample" or listed == offered


@pytest.mark.parametrize("command", PARSERS)
def test_every_command_prints_its_version(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        PARSERS[command].main(["--version"])

    assert stopped.value.code == 0
    assert re.fullmatch(r"\d+\.\d+\.\d+(\+[0-9a-f]{12})?\n", capsys.readouterr().out)


def test_documented_defaults_of_parameters_are_those_of_the_template() -> None:
    parameters = TEMPLATE.split("\nParameters:\n")[1].split("\nRules:\n")[0]
    defaults = dict(re.findall(r"^  (\w+):\n    Type: \w+\n    Default: (.*)$", parameters, re.M))
    documented = {
        name: default.strip("`")
        for names, default, _ in table_rows("deployment.md", "Parameters")
        for name in re.findall(r"\w+", names)
    }

    assert len(documented) > 20
    assert documented == {name: text.strip('"') or "none" for name, text in defaults.items()}


def test_every_launcher_is_listed() -> None:
    launchers = {
        f"`scripts/{path.name}`"
        for path in (PROJECT / "scripts").iterdir()
        if path.is_file() and not path.suffix
    }

    sections = ("On your machine", "On AWS", "For development")
    listed = {row[0] for section in sections for row in table_rows("commands.md", section)}
    assert launchers == listed
