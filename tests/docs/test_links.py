"""Everything that the documents name is there: files, headings, images, commands, parameters."""

import re

import pytest

from tests.support.constants import PROJECT
from tests.support.documents import (
    anchors,
    code,
    document_names,
    launcher_calls,
    links,
    offered_options,
    read,
    resolve,
)

DOCUMENTS = document_names()
# The changelog names what was there at its time.
OF_TODAY = [name for name in DOCUMENTS if name != "CHANGELOG.md"]
# written by a build, and ignored by git
BUILT = {"handler/version.txt"}
FOLDERS = r"(?:handler|tests|scripts|templates|docs|\.ci|\.github)"
TEMPLATE = (PROJECT / "template.yaml").read_text("utf-8")


def local_links(name: str) -> list[str]:
    return [link for link in links(read(name)) if not re.match(r"[a-z]+:", link)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_linked_files_exist(name: str) -> None:
    assert [link for link in local_links(name) if not resolve(name, link)[0].exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_linked_headings_exist(name: str) -> None:
    targets = {link: resolve(name, link) for link in local_links(name) if "#" in link}

    missing = [
        link
        for link, (path, anchor) in targets.items()
        if anchor not in anchors(path.read_text("utf-8"))
    ]
    assert missing == []


@pytest.mark.parametrize("name", OF_TODAY)
def test_named_paths_exist(name: str) -> None:
    paths = {
        path
        for span in code(read(name))
        for path in re.findall(rf"(?:^|(?<=[\s(])){FOLDERS}/[\w./-]+(?![\w…*<{{])", span)
    }

    assert [path for path in sorted(paths - BUILT) if not (PROJECT / path).exists()] == []


@pytest.mark.parametrize("name", OF_TODAY)
def test_shown_commands_have_these_options(name: str) -> None:
    calls = launcher_calls(read(name))

    unknown = [
        (launcher, option)
        for launcher, options in calls
        for option in options - offered_options(launcher)
    ]
    assert unknown == []


@pytest.mark.parametrize("name", OF_TODAY)
def test_parameters_that_are_set_are_in_the_template(name: str) -> None:
    parameters = re.findall(r"--set ([A-Z]\w*[a-z]\w*)=", read(name))

    assert [key for key in parameters if f"\n  {key}:\n    Type: " not in TEMPLATE] == []


def test_every_document_and_image_is_linked() -> None:
    linked = {resolve(name, link)[0] for name in DOCUMENTS for link in local_links(name)}
    files = {*(PROJECT / "docs").glob("*.md"), *(PROJECT / "docs" / "images").iterdir()}

    assert sorted(path.name for path in files - linked if path.name != "README.md") == []


def test_index_lists_every_document() -> None:
    index = {resolve("docs/README.md", link)[0] for link in local_links("docs/README.md")}
    documents = {path for path in (PROJECT / "docs").glob("*.md") if path.name != "README.md"}

    assert sorted(path.name for path in documents - index) == []
