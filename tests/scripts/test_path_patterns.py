"""The rules by which CloudFront finds the cache behaviour of a path."""

from pathlib import Path

import pytest

from scripts.local_stack.distribution import Behaviour, find_behaviour, read_behaviours

OTHERS = Behaviour("*", "Others", ())


def matches(pattern: str, path: str) -> bool:
    return find_behaviour([Behaviour(pattern, "Own", ()), OTHERS], path).policy == "Own"


@pytest.mark.parametrize(
    ("pattern", "right", "wrong"),
    [
        ("/", ["/"], ["/a", "//"]),
        ("/a.png", ["/a.png"], ["/b/a.png", "/A.png", "/a.PNG", "/aXpng", "/a.png/"]),
        ("a.png", ["/a.png"], ["/b/a.png", "/A.png"]),
        ("/a/*", ["/a/", "/a/b", "/a/b/c"], ["/a", "/b/a/c"]),
        ("*/a.xml", ["/b/a.xml", "/b/c/a.xml"], ["/a.xml", "/ba.xml"]),
        ("/*/a.xml", ["/b/a.xml", "/b/c/a.xml"], ["/a.xml"]),
        ("*.png", ["/.png", "/a.png", "/b/a.png"], ["/a.png?"]),
        ("/a?c", ["/abc", "/a/c"], ["/ac", "/abbc"]),
        ("/a+b(c)", ["/a+b(c)"], ["/aab", "/abc"]),
    ],
)
def test_patterns_match_whole_paths_by_letter_case(
    pattern: str, right: list[str], wrong: list[str]
) -> None:
    assert [path for path in right if not matches(pattern, path)] == []
    assert [path for path in wrong if matches(pattern, path)] == []


def test_first_pattern_that_matches_wins() -> None:
    behaviours = [Behaviour("/a/*", "First", ()), Behaviour("/a/b", "Second", ()), OTHERS]

    assert find_behaviour(behaviours, "/a/b").policy == "First"
    assert find_behaviour(behaviours, "/b").policy == "Others"


def test_template_without_a_default_is_an_error(tmp_path: Path) -> None:
    template = tmp_path / "template.yaml"
    template.write_text("Resources: {}\n")

    with pytest.raises(ValueError, match="the template has no 'DefaultCacheBehavior:"):
        read_behaviours(template)
