"""CHANGELOG.md has the form of Keep a Changelog, and the version that the code says."""

import re
import tomllib
from datetime import date

from tests.support.constants import PROJECT

CHANGELOG = (PROJECT / "CHANGELOG.md").read_text("utf-8")
UNRELEASED, *RELEASES = re.findall(r"^## (.+)$", CHANGELOG, re.MULTILINE)
SECTIONS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Upgrade notes"}


def parse_release(heading: str) -> tuple[tuple[int, ...], date]:
    """Return the version and the date of a heading such as `[1.2.3] - 2026-01-31`."""
    match = re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)", heading)
    assert match, heading
    return tuple(map(int, match[1].split("."))), date.fromisoformat(match[2])


def test_unreleased_changes_come_first() -> None:
    assert UNRELEASED == "[Unreleased]"


def test_releases_have_a_version_and_a_date_newest_first() -> None:
    releases = [parse_release(heading) for heading in RELEASES]

    assert releases == sorted(releases, reverse=True)
    assert len({version for version, _ in releases}) == len(releases)


def test_newest_release_is_the_version_of_the_code() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]

    assert RELEASES[0].startswith(f"[{project['version']}] ")


def test_each_section_appears_once_in_a_release() -> None:
    for release in re.split(r"^## ", CHANGELOG, flags=re.MULTILINE)[1:]:
        sections = re.findall(r"^### (.+)$", release, re.MULTILINE)
        assert set(sections) <= SECTIONS
        assert len(set(sections)) == len(sections)
