from handler.domain.merged import merged_record
from tests.records import HERMES, model


def test_the_merged_record_has_the_fields_of_the_original_page_in_its_order() -> None:
    merged = merged_record(model(HERMES))

    assert list(merged) == [
        "id", "name", "description", "created", "canonical_slug", "hugging_face_id", "source_type",
        "context_length", "max_completion_tokens", "is_moderated", "architecture",
        "input_modalities", "output_modalities", "modality", "tokenizer", "instruct_type",
        "supported_parameters", "default_parameters", "per_request_limits", "top_provider",
        "pricing", "PPM", "openrouter_raw",
    ]  # fmt: skip
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
