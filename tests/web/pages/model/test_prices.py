import pytest

from handler.web.pages.model.prices import base_price_label, price_note, zero_priced_dimensions
from tests.support.builders import HERMES, model, priced, record


@pytest.mark.parametrize(
    ("model_id", "is_router"),
    [("openrouter/auto", True), ("typesafe/jev-router", True), ("acme/one", False)],
)
def test_only_models_called_so_are_routers(model_id: str, is_router: bool) -> None:
    note = price_note(model(priced(model_id, "-1", "-1", name="Acme: One")))

    assert note is not None
    assert ("router" in note) is is_router


@pytest.mark.parametrize(
    ("outputs", "zeros"),
    [(("text",), ["output"]), ((), ["output"]), (("image",), []), (("embeddings",), [])],
)
def test_zero_for_output_counts_for_models_of_text(
    outputs: tuple[str, ...], zeros: list[str]
) -> None:
    pricing = {"prompt": "0.000001", "completion": "0"}
    raw = record(pricing=pricing, architecture={"output_modalities": list(outputs)})

    assert zero_priced_dimensions(model(raw)) == zeros


HOURS = {"utc_start": 600, "utc_end": 1000, "prompt": "0.000002"}


@pytest.mark.parametrize(
    ("override", "label"),
    [
        (HOURS, "All other hours"),
        ({**HOURS, "min_prompt_tokens": 32_000}, "Base price"),
        ({"min_prompt_tokens": 32_000, "prompt": "0.000002"}, "Base price"),
    ],
    ids=["hours", "hours of long prompts", "long prompts"],
)
def test_base_prices_are_of_other_hours_if_only_hours_decide(
    override: dict[str, object], label: str
) -> None:
    pricing = model(HERMES | {"pricing": {**HERMES["pricing"], "overrides": [override]}}).pricing

    assert base_price_label(pricing) == label
