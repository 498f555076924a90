"""Hooks run without GitHub, with the versions of the requirement files."""

import re
import tomllib
from typing import Any

import yaml

from scripts.locking.requirement_locks import Pin, parse_requirements
from tests.support.constants import PROJECT

(LOCAL,) = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
HOOKS: list[dict[str, Any]] = LOCAL["hooks"]
FILES = ("requirements.txt", "requirements-pre-commit.txt")


def pinned_versions() -> set[str]:
    """Return the pins of the files that state the versions of hooks, as name==version."""
    texts = [(PROJECT / "tests" / name).read_text("utf-8") for name in FILES]
    entries = [entry for text in texts for entry in parse_requirements(text)]
    return {f"{entry.name}=={entry.version}" for entry in entries if isinstance(entry, Pin)}


def test_hooks_come_from_packages_of_python() -> None:
    assert LOCAL["repo"] == "local"
    assert {hook["language"] for hook in HOOKS} == {"python"}


def test_hooks_have_the_versions_of_the_requirements() -> None:
    used = {package for hook in HOOKS for package in hook["additional_dependencies"]}

    assert len(used) == 4
    assert used - pinned_versions() == set()


def test_lint_and_format_obey_the_exclusions_of_ruff() -> None:
    entries = [hook["entry"] for hook in HOOKS if hook["id"].startswith("ruff")]

    assert len(entries) == 2
    assert [entry for entry in entries if "--force-exclude" not in entry.split()] == []


def test_blank_lines_at_the_end_of_templates_stay() -> None:
    (hook,) = [hook for hook in HOOKS if hook["id"] == "end-of-file"]

    assert re.search(hook["exclude"], "templates/partials/model/prices.html")
    assert not re.search(hook["exclude"], "tests/web/rendering/test_templates.py")


def test_spellings_that_are_accepted_are_in_use() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    words = project["tool"]["codespell"]["ignore-words-list"].split(",")
    text = "".join(
        path.read_text("utf-8").lower()
        for folder in ("docs", "handler", "scripts", "tests")
        for ending in ("py", "md")
        for path in sorted((PROJECT / folder).rglob(f"*.{ending}"))
        if "node_modules" not in path.parts
    )

    assert [word for word in words if not re.search(rf"\b{re.escape(word)}\b", text)] == []
