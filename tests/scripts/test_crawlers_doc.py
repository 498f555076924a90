from handler.domain.previews.crawlers.crawlers import CRAWLERS
from scripts.commands.crawlers_doc import PATH, build_document


def test_committed_document_is_up_to_date() -> None:
    hint = "scripts/crawlers-doc writes it anew"
    assert PATH.read_text("utf-8") == build_document(), hint


def test_document_has_every_crawler_and_source() -> None:
    text = build_document()

    assert [f"\n## {crawler.label}\n" in text for crawler in CRAWLERS] == [True] * len(CRAWLERS)
    addresses = {source.url for crawler in CRAWLERS for source in crawler.citations}
    assert {address for address in addresses if address not in text} == set()
