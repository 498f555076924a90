"""What the README says is so."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from handler.settings import Settings
from scripts.commands import (
    bench,
    build,
    contact_sheet,
    deploy,
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
from tests.support.asgi import ask, create_app
from tests.support.builders import HERMES, MemoryStore, catalog_bytes

PROJECT = Path(__file__).resolve().parents[1]
README = (PROJECT / "README.md").read_text("utf-8")
TEMPLATE = (PROJECT / "template.yaml").read_text("utf-8")


def table_after(heading: str) -> list[list[str]]:
    """Return the rows of the table under a heading, without its head."""
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\|(.*)\|$", section, re.MULTILINE)
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)] for row in rows[2:]]


class Recorded(Mapping[str, str]):
    """An environment that sets one key, and remembers which were asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        if key == "BURGEE_STORE":
            return "folder"
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(("BURGEE_STORE",))

    def __len__(self) -> int:
        return 1


def test_every_setting_is_there_and_no_other() -> None:
    environment = Recorded()
    Settings.from_env(environment)

    named = {
        key for row in table_after("Settings") for key in re.findall(r"`([A-Z0-9_]+)`", row[0])
    }
    assert named == environment.asked


def test_the_template_sets_only_what_is_read() -> None:
    blocks = re.findall(r"Variables:\n((?:\s+[A-Z_]+: .*\n)+)", TEMPLATE)
    keys = set(re.findall(r"^\s+([A-Z_]+):", "".join(blocks), re.MULTILINE))
    environment = Recorded()
    Settings.from_env(environment)

    assert {"BURGEE_STORE", "SITE_URL"} <= keys <= environment.asked


def test_every_address_is_answered() -> None:
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
        address, _, query = path.partition("?")
        statuses[path] = ask(app, address, scope={"query_string": query.encode()}).status
    assert statuses == dict.fromkeys(paths, 200)


PARSERS = {
    "serve": serve,
    "refresh": refresh,
    "test": test,
    "sample": sample,
    "contact-sheet": contact_sheet,
    "unfurl": unfurl,
    "stack": stack,
    "build": build,
    "deploy": deploy,
    "smoke": smoke,
    "rollback": rollback,
    "purge": purge,
    "bench": bench,
}


@pytest.mark.parametrize("command", PARSERS)
def test_every_command_has_the_options_that_are_said(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        PARSERS[command].main(["--help"])
    offered = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}

    (row,) = [row for row in table_after("Commands") if row[0] == f"`scripts/{command}`"]
    said = set(re.findall(r"--[a-z-]+", row[1]))
    assert said <= offered
    assert command == "sample" or said == offered


def test_every_launcher_is_in_the_table() -> None:
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
def test_every_file_that_a_document_links_exists(name: str) -> None:
    document = PROJECT / name
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text("utf-8"))

    assert [link for link in links if not (document.parent / link).exists()] == []
