from handler.domain.snapshot.decode import decode_whole
from handler.web.cards.content.card_content import Stat
from handler.web.cards.content.site import card_for_api, card_for_methodology, methodology_card
from tests.support.builders import catalog, profile, record, stored, withdrawn


def test_methodology_card_names_the_sources() -> None:
    assert methodology_card("Arena", "OpenRouter").stats == (
        Stat("Prices", "OpenRouter"),
        Stat("Ranks", "Arena"),
        Stat("Usage", "OpenRouter"),
    )
    assert methodology_card().stats == (Stat("Prices", "OpenRouter"),)


def test_methodology_card_omits_sources_the_catalog_lacks() -> None:
    assert card_for_methodology(catalog([record()])) == methodology_card()


def test_api_card_counts_listed_models_only() -> None:
    listed, gone = profile(record("acme/one")), withdrawn(record("acme/gone"))

    card = card_for_api(decode_whole(stored(listed, gone)))

    assert card.stats[0] == Stat("Model", "1")
