from handler.domain.catalog.public_record import public_record
from tests.support.builders import HERMES, STANDING, profile, withdrawn


def test_the_merged_record_has_the_fields_of_the_original_page_in_its_order() -> None:
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
        "openrouter_raw": HERMES,
    }


def test_an_arena_rank_is_merged_in_and_says_so() -> None:
    merged = public_record(profile(HERMES, arena_rank=STANDING))

    assert merged["source_type"] == "openrouter_and_arena"
    assert merged["arena"] == {
        "rank": STANDING.rank,
        "of": STANDING.total,
        "rating": STANDING.rating,
        "lower": STANDING.lower,
        "upper": STANDING.upper,
        "votes": STANDING.votes,
        "published": "2026-08-19",
        "name": STANDING.name,
        "how": STANDING.match_reason,
        "through": STANDING.inherited_from,
    }


def test_a_withdrawn_model_says_since_when() -> None:
    assert public_record(withdrawn(HERMES))["withdrawn_since"] == "2026-08-23T18:35:00+00:00"


def test_the_description_is_the_fullest_and_upstream_s_own_stays_as_it_is() -> None:
    merged = public_record(profile({**HERMES, "description": "A..."}, markdown="All of it."))

    assert merged["description"] == "All of it."
    assert merged["openrouter_raw"]["description"] == "A..."
