"""Sixty rows of the real leaderboard, reviewed one by one over all real catalogs together.

Each is there with the model that it means, or None where no listed model is certainly meant. They
were checked by the maker, the words, numbers and sizes of the names, the dates of release, and what
the descriptions say. The reason stands beside those that are open to doubt.
"""

import pytest

from handler.domain.arena.matches import match_leaderboard
from tests.support.builders import record
from tests.support.rankings import match_rows
from tests.support.real_leaderboard import matched_rows, real_leaderboard, real_models

REVIEWED: dict[str, str | None] = {
    # The top of the leaderboard.
    "claude-fable-5": "anthropic/claude-fable-5",
    "claude-opus-4-6-high": "anthropic/claude-opus-4.6",
    "claude-opus-4-7-high": "anthropic/claude-opus-4.7",
    "muse-spark-1.2 (xHigh)": "meta/muse-spark-1.2",
    "claude-opus-4-6": "anthropic/claude-opus-4.6",
    "claude-opus-4-7": "anthropic/claude-opus-4.7",
    "claude-opus-5-high": "anthropic/claude-opus-5",
    "muse-spark-1.1": "meta/muse-spark-1.1",
    "gemini-3.7-flash-high": "google/gemini-3.7-flash",
    "kimi-k3-max": "moonshotai/kimi-k3",
    "muse-spark": None,  # the first one: only 1.1 and 1.2 are listed
    "claude-opus-5-max": "anthropic/claude-opus-5",
    "gemini-3.1-pro-preview": "google/gemini-3.1-pro-preview",
    "gemini-3-pro": None,  # its preview is in none of these catalogs
    "glm-5.3-max": "z-ai/glm-5.3",
    "qwen3.8-max": "qwen/qwen3.8-max",  # a size of its own: Qwen has no efforts
    "gpt-5.6-sol-xhigh": "openai/gpt-5.6-sol",
    "grok-4.20-beta1": None,  # an earlier beta than that of 03-09, which is listed
    "qwen3.7-max-preview": None,  # another checkpoint than the final one
    "gpt-5.5-instant": None,  # the model of ChatGPT: chat-latest has moved on
    # Other efforts and dates.
    "claude-opus-4-5-20251101-high-32k": "anthropic/claude-opus-4.5",  # released on 24 November
    "claude-sonnet-4-20250514-thinking-32k": "anthropic/claude-sonnet-4",
    "claude-3-7-sonnet-20250219-thinking-32k": "anthropic/claude-3.7-sonnet:thinking",
    "claude-3-7-sonnet-20250219": "anthropic/claude-3.7-sonnet",
    "deepseek-v3.1-thinking": "deepseek/deepseek-chat-v3.1",  # one hybrid model
    "deepseek-v4-pro-high-20260813": "deepseek/deepseek-v4-pro-0813",
    "deepseek-v4-pro-high-preview": "deepseek/deepseek-v4-pro",  # -0813 is the GA release
    "gemini-3-flash (thinking-minimal)": "google/gemini-3-flash-preview",
    "kimi-k2.5-instant": "moonshotai/kimi-k2.5",  # its own mode without thinking
    "qwen3-235b-a22b-no-thinking": "qwen/qwen3-235b-a22b",
    "qwen3-235b-a22b-thinking-2507": "qwen/qwen3-235b-a22b-thinking-2507",
    "qwen3-235b-a22b-instruct-2507": "qwen/qwen3-235b-a22b-2507",  # by its Hugging Face id
    "grok-4-0709": "x-ai/grok-4",
    "grok-4.20-beta-0309-reasoning": "x-ai/grok-4.20",  # its slug has the day
    "grok-4-1-fast-reasoning": "x-ai/grok-4.1-fast",
    "grok-4.1-thinking": None,  # Fast is another model
    "kimi-k2-thinking-turbo": None,  # may be the same weights, which no record says
    "mimo-v2-flash (thinking)": None,  # the record does not say which mode is its default
    # Dated and numbered versions.
    "claude-3-5-sonnet-20241022": "anthropic/claude-3.5-sonnet",  # "New Claude 3.5 Sonnet"
    "claude-3-5-sonnet-20240620": "anthropic/claude-3.5-sonnet-20240620",
    "gpt-4-0613": "openai/gpt-4",  # to which OpenAI's name points since 2023
    "gpt-4-0314": "openai/gpt-4-0314",
    "gpt-4-0125-preview": "openai/gpt-4-turbo-preview",  # added that day, trained up to 2023-12
    "gpt-4-1106-preview": "openai/gpt-4-1106-preview",
    "gpt-5.2-chat-latest-20260210": "openai/gpt-5.2-chat",
    "gpt-5.3-chat-latest": "openai/gpt-5.3-chat",
    "gemini-1.5-pro-002": "google/gemini-pro-1.5",
    "gemini-1.5-pro-001": None,  # 002 replaced it
    "gemini-1.5-flash-8b-001": "google/gemini-flash-1.5-8b",
    "gemini-2.5-flash-preview-09-2025": None,  # a later preview than gemini-2.5-flash
    "qwen-max-0919": None,  # qwen-max is of January 2025
    "qwen2.5-max": "qwen/qwen-max",  # "based on Qwen2.5", and its slug is of 2025-01-25
    "mistral-large-2402": None,  # mistral-large is Large 2, by its description
    # Precisions, sizes and spellings.
    "llama-3.1-405b-instruct-fp8": "meta-llama/llama-3.1-405b-instruct",
    "llama-3.1-405b-instruct-bf16": None,  # the same weights: one rank is enough
    "llama-3.3-nemotron-49b-super-v1": "nvidia/llama-3.3-nemotron-super-49b-v1",
    "nvidia-nemotron-3-ultra-550b-a55b-nvfp4": "nvidia/nemotron-3-ultra-550b-a55b",
    "muse-glimmer": None,  # muse-glimmer-30b names a size, and others may follow
    "phi-3-medium-4k-instruct": None,  # 128k is another model
    "step-3": None,  # in none of these catalogs
}

CASES = [
    ("google", "gemini-3-pro", "google/gemini-3-pro-preview"),
    ("openai", "gpt-5.2-chat-latest-20260210", "openai/gpt-5.2-chat"),
    ("moonshot", "kimi-k2-thinking-turbo", None),
    ("openai", "gpt-4-0613", "openai/gpt-4"),
    ("anthropic", "claude-3-5-sonnet-20241022", "anthropic/claude-3.5-sonnet"),
    ("meta", "llama-3.1-405b-instruct-fp8", "meta-llama/llama-3.1-405b-instruct"),
    ("google", "gemini-1.5-pro-002", "google/gemini-pro-1.5"),
    ("stepfun", "step-3", "stepfun-ai/step3"),
    ("Z.ai", "glm-5.2-max", "z-ai/glm-5.2"),
    ("Z.ai", "glm-4.6", "z-ai/glm-4.6"),
]
RIVALS = {
    "gpt-4-0613": "gpt-4-0314",
    "claude-3-5-sonnet-20241022": "claude-3-5-sonnet-20240620",
    "llama-3.1-405b-instruct-fp8": "llama-3.1-405b-instruct-bf16",
    "gemini-1.5-pro-002": "gemini-1.5-pro-001",
}


def test_reviewed_rows_have_exactly_the_models_they_mean() -> None:
    models = real_models()
    matched = matched_rows(match_leaderboard(real_leaderboard(), models))

    assert len(REVIEWED) == 60
    assert {name: matched.get(name) for name in REVIEWED} == REVIEWED


@pytest.mark.parametrize(("organization", "name", "model_id"), CASES, ids=[c[1] for c in CASES])
def test_known_name_means_the_invented_record(
    organization: str, name: str, model_id: str | None
) -> None:
    rows = [name, *([RIVALS[name]] if name in RIVALS else [])]
    listed = [record(one) for _, _, one in CASES if one] + [record("moonshotai/kimi-k2-thinking")]

    matched = matched_rows(match_rows(rows, *listed, by=organization))

    assert matched == ({name: model_id} if model_id else {})
