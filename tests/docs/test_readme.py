"""The README matches the code."""

import re

import pytest

from handler.domain.search.query import PARAMETERS
from handler.settings import Settings
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

README = (PROJECT / "README.md").read_text("utf-8")
TEMPLATE = (PROJECT / "template.yaml").read_text("utf-8")


def table_after(heading: str) -> list[list[str]]:
    """Return the rows of the table under a heading, without the header."""
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\|(.*)\|$", section, re.MULTILINE)
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)] for row in rows[2:]]


def test_settings_are_those_that_are_read() -> None:
    environment = RecordingEnvironment()
    Settings.from_env(environment)

    named = {
        key for row in table_after("Settings") for key in re.findall(r"`([A-Z0-9_]+)`", row[0])
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
        for row in table_after("Addresses")
        for path in re.findall(r"`(.*?)`", row[0])
    ]

    assert len(paths) >= 9
    statuses = {}
    for path in paths:
        route, _, query = path.partition("?")
        statuses[path] = ask(app, route, scope={"query_string": query.encode()}).status
    assert statuses == dict.fromkeys(paths, 200)


def test_explorer_parameters_are_those_that_are_read() -> None:
    listed = [
        name
        for row in table_after("Explorer parameters")
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

    (row,) = [row for row in table_after("Commands") if row[0] == f"`scripts/{command}`"]
    listed = set(re.findall(r"--[a-z-]+", row[1]))
    assert listed <= offered
    assert command == "sample" or listed == offered


@pytest.mark.parametrize("command", PARSERS)
def test_every_command_prints_its_version(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        PARSERS[command].main(["--version"])

    assert stopped.value.code == 0
    assert re.fullmatch(r"\d+\.\d+\.\d+(\+[0-9a-f]{12})?\n", capsys.readouterr().out)


def test_every_launcher_is_listed() -> None:
    launchers = {
        f"`scripts/{path.name}`"
        for path in (PROJECT / "scripts").iterdir()
        if path.is_file() and not path.suffix
    }

    assert launchers - {"`scripts/requirements.txt`"} == {row[0] for row in table_after("Commands")}


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        "docs/decisions.md",
        "docs/operations.md",
        "docs/reliability.md",
        "docs/crawlers.md",
        "docs/performance.md",
    ],
)
def test_linked_files_exist(name: str) -> None:
    document = PROJECT / name
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text("utf-8"))

    assert [link for link in links if not (document.parent / link).exists()] == []


def test_files_named_by_the_contribution_guide_exist() -> None:
    guide = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
    paths = set(re.findall(r"`((?:handler|tests|scripts|templates|docs)/[\w./-]*)`", guide))

    assert len(paths) > 30
    assert [path for path in sorted(paths) if not (PROJECT / path).exists()] == []
