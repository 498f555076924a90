from handler.domain.arena.rank import OtherEffort
from handler.domain.catalog.profile import PastText
from handler.domain.catalog.public_record import public_record
from tests.support.builders import AS_OF, HERMES, STANDING, profile, withdrawn


def test_public_record_has_its_fields_in_order() -> None:
    merged = public_record(profile(HERMES))

    assert list(merged) == [
        "id",
        "name",
        "description",
        "created",
        "canonical_slug",
        "hugging_face_id",
        "source_type",
        "context_length",
        "max_completion_tokens",
        "is_moderated",
        "architecture",
        "input_modalities",
        "output_modalities",
        "modality",
        "tokenizer",
        "instruct_type",
        "supported_parameters",
        "default_parameters",
        "per_request_limits",
        "top_provider",
        "pricing",
        "PPM",
        "last_read",
        "openrouter_raw",
    ]
    assert merged == {
        **{key: HERMES[key] for key in HERMES if key != "expiration_date"},
        "source_type": "openrouter_only",
        "max_completion_tokens": None,
        "is_moderated": False,
        "input_modalities": ["text"],
        "output_modalities": ["text"],
        "modality": "text->text",
        "tokenizer": "Other",
        "instruct_type": None,
        "PPM": {"prompt": 1, "completion": 3},
        "last_read": AS_OF.isoformat(),
        "openrouter_raw": HERMES,
    }


def test_public_record_has_the_ranks_at_other_efforts() -> None:
    others = (OtherEffort(3, "hermes-4-405b-high", "at high effort"),)

    merged = public_record(profile(HERMES, arena_rank=STANDING._replace(other_efforts=others)))

    assert merged["arena"]["other_efforts"] == [
        {"rank": 3, "name": "hermes-4-405b-high", "effort": "at high effort"}
    ]


def test_public_record_has_the_arena_rank_under_public_names() -> None:
    merged = public_record(profile(HERMES, arena_rank=STANDING))

    assert merged["source_type"] == "openrouter_and_arena"
    assert merged["arena"] == {
        "rank": 12,
        "of": 393,
        "rating": 1401.5,
        "lower": 1390.25,
        "upper": 1412.75,
        "votes": 9_876,
        "published": "2026-08-19",
        "name": "hermes-4-405b",
        "how": "same name as its id",
        "through": None,
    }


def test_public_record_dates_the_withdrawal() -> None:
    assert public_record(withdrawn(HERMES))["withdrawn_since"] == "2026-08-23T18:35:00+00:00"


def test_public_record_has_the_fullest_description() -> None:
    past = (PastText("All of it.", AS_OF),)

    merged = public_record(profile({**HERMES, "description": "All of..."}, past_texts=past))

    assert merged["description"] == "All of it."
    assert merged["openrouter_raw"]["description"] == "All of..."
