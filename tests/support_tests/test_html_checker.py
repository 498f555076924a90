from pathlib import Path

import pytest

from tests.support.external import real_part
from tests.support.pages.html_checker import complaints

pytestmark = pytest.mark.e2e

PAGE = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><body>{}'


def test_complaints_name_only_invalid_pages(tmp_path: Path) -> None:
    bodies = {
        "right.html": "<p>text</p>",
        "broken.html": "<p><b>text</p>",
        "warned.html": "<section><p>no heading</p></section>",
    }
    pages = [tmp_path / name for name in bodies]
    for page in pages:
        page.write_text(PAGE.format(bodies[page.name]))

    found = complaints(real_part("BURGEE_VNU_JAR"), pages)

    assert {line.partition(":")[0] for line in found} == {"broken.html", "warned.html"}
