"""Issue forms, Dependabot, workflows and the development container name what is there."""

import fnmatch
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.constants import PROJECT

GITHUB = PROJECT / ".github"
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
UPDATES: list[dict[str, Any]] = yaml.safe_load((GITHUB / "dependabot.yml").read_text("utf-8"))[
    "updates"
]


def find_files(pattern: str) -> list[Path]:
    """Return the files of the project that match, relative to it, without installed packages."""
    found: list[Path] = []
    for folder, folders_in_it, names in os.walk(PROJECT):
        folders_in_it[:] = [n for n in folders_in_it if n[0] != "." and n != "node_modules"]
        found += [
            Path(folder, name).relative_to(PROJECT) for name in fnmatch.filter(names, pattern)
        ]
    return sorted(found)


def folders(ecosystem: str) -> list[Path]:
    """Return the folders that Dependabot watches for an ecosystem, relative to the project."""
    (update,) = [entry for entry in UPDATES if entry["package-ecosystem"] == ecosystem]
    listed = update.get("directories") or [update["directory"]]
    return [Path(folder).relative_to("/") for folder in listed]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_issue_form_has_a_name_and_distinct_fields(path: Path) -> None:
    form = yaml.safe_load(path.read_text("utf-8"))
    ids = [field["id"] for field in form["body"] if field["type"] != "markdown"]

    assert all(form[key] for key in ("name", "description"))
    assert len(set(ids)) == len(ids) > 2
    assert any(field.get("validations", {}).get("required") for field in form["body"])


def test_there_are_forms_for_bugs_data_and_features() -> None:
    assert [path.stem for path in FORMS] == ["1-bug", "2-wrong-data", "3-feature"]


def test_each_requirement_file_is_updated_once() -> None:
    watched = folders("pip")
    files = find_files("requirements*.txt")
    # Dependabot reads a folder and those one below it.
    readers = {
        file.as_posix(): [w for w in watched if w in (file.parent, file.parent.parent)]
        for file in files
    }

    assert len(files) > 12
    assert {name: found for name, found in readers.items() if len(found) != 1} == {}


def test_each_package_lock_is_updated() -> None:
    assert sorted(folders("npm")) == [path.parent for path in find_files("package-lock.json")]


def test_actions_are_updated() -> None:
    assert folders("github-actions") == [Path()]


def test_updates_wait_until_a_version_is_a_week_old() -> None:
    waits = [update["cooldown"]["default-days"] for update in UPDATES]

    assert [days for days in waits if days < 7] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_to_a_commit(path: Path) -> None:
    text = path.read_text("utf-8")
    used = re.findall(r"uses: (?!\./)(.+)$", text, re.MULTILINE)
    pinned = re.compile(r"[\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")

    assert [action for action in used if not pinned.fullmatch(action)] == []


def test_an_action_has_one_version_in_all_workflows() -> None:
    used = {
        match
        for path in WORKFLOWS
        for match in re.findall(r"uses: ([\w.-]+/[\w.-]+)@(.+)$", path.read_text("utf-8"), re.M)
    }

    assert len({name for name, _ in used}) == len(used) == 3


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflow_reads_the_repository_and_no_more(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    of_jobs = [job["permissions"] for job in workflow["jobs"].values() if "permissions" in job]

    assert workflow["permissions"] == {"contents": "read"}
    assert all(set(given) <= {"contents", "id-token"} for given in of_jobs)
    assert all(given["contents"] == "read" for given in of_jobs)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_checkout_leaves_a_token_behind(path: Path) -> None:
    jobs = yaml.safe_load(path.read_text("utf-8"))["jobs"].values()
    steps = [step for job in jobs for step in job.get("steps", [])]
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]

    assert all(step["with"] == {"persist-credentials": False} for step in checkouts)


def test_container_runs_commands_of_this_checkout() -> None:
    container = json.loads((PROJECT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    commands = re.findall(r"scripts/\S+|tests/\S+", container["postCreateCommand"])

    assert len(commands) == 3
    assert [name for name in commands if not (PROJECT / name).exists()] == []
