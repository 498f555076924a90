import pytest

from handler.domain.previews.crawlers.ai_crawlers import AI_CRAWLERS
from scripts.commands.ai_crawlers import PATH, CrawlerIndex, build_module, read_index

CATEGORIES = ["ai-training", "dataset", "ai-search", "user-fetch", "preview", "search", "tool"]


def index(*crawlers: tuple[str, str]) -> CrawlerIndex:
    return CrawlerIndex("9.9.9", [{"category": c, "robots_token": name} for c, name in crawlers])


def test_committed_names_are_those_of_the_pinned_package() -> None:
    assert PATH.read_text("utf-8") == build_module(read_index()), "scripts/ai-crawlers writes them"


def test_names_are_grouped_by_kind_once_each() -> None:
    text = build_module(
        index(*((c, f"{c}-bot") for c in CATEGORIES), ("ai-search", "ai-search-bot"))
    )
    namespace: dict[str, object] = {}
    exec(text, namespace)  # noqa: S102 - a module of our own

    assert namespace["AI_CRAWLERS"] == {
        "training": ("ai-training-bot", "dataset-bot"),
        "search": ("ai-search-bot",),
        "user": ("user-fetch-bot",),
    }
    assert "ai-crawler-index 9.9.9" in text


def test_name_that_shows_previews_too_is_left_out() -> None:
    text = build_module(index(("ai-search", "Both"), ("preview", "Both"), ("ai-search", "Other")))

    assert '"Other"' in text
    assert "Both" not in text


@pytest.mark.parametrize(
    "name", ["", "*", "a\nDisallow: /", "a: b", "a # b", 'a"', " a", "ä", "a  b"]
)
def test_name_that_no_robots_txt_can_have_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"is no name that a line of robots.txt can have"):
        build_module(index(("ai-training", name)))


def test_no_name_is_of_two_kinds() -> None:
    names = [name.lower() for names in AI_CRAWLERS.values() for name in names]

    assert len(names) == len(set(names)) >= 70
