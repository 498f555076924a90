"""The real leaderboard of 2026-08-19 over the real catalogs: pairs that were checked by hand.

Each was checked by the maker, the family, the version, the date and the size in every name that
the model has, and by how long it had been served when the leaderboard was published.
"""

from pathlib import Path

import pytest

from handler.domain.arena.leaderboard import Leaderboard
from handler.domain.arena.manual_matches import MANUAL_EFFORTS, MANUAL_MATCHES
from handler.domain.arena.matches import MatchResult, match_leaderboard
from tests.support.external import each_shared_catalog
from tests.support.real_leaderboard import matched_rows, models_of, real_leaderboard, real_models

TODAY = ("2026-08-05-output_modalities-all", "2026-08-22T1835Z")

RIGHT = """
anthropic/claude-3-haiku                      claude-3-haiku-20240307
anthropic/claude-fable-5                      claude-fable-5
anthropic/claude-haiku-4.5                    claude-haiku-4-5-20251001
anthropic/claude-opus-4                       claude-opus-4-20250514
anthropic/claude-opus-4.1                     claude-opus-4-1-20250805
anthropic/claude-opus-4.5                     claude-opus-4-5-20251101
anthropic/claude-opus-4.6                     claude-opus-4-6
anthropic/claude-opus-4.8:batch               claude-opus-4-8
anthropic/claude-opus-5                       claude-opus-5-high
anthropic/claude-sonnet-4.5                   claude-sonnet-4-5-20250929
cohere/command-a                              command-a-03-2025
deepseek/deepseek-chat                        deepseek-v3
deepseek/deepseek-chat-v3-0324                deepseek-v3-0324
deepseek/deepseek-chat-v3.1                   deepseek-v3.1
deepseek/deepseek-r1-0528                     deepseek-r1-0528
deepseek/deepseek-v3.2-exp                    deepseek-v3.2-exp
deepseek/deepseek-v4-flash                    deepseek-v4-flash
deepseek/deepseek-v4-pro                      deepseek-v4-pro
deepseek/deepseek-v4-pro-0813                 deepseek-v4-pro-high-20260813
google/gemini-2.5-pro                         gemini-2.5-pro
google/gemini-3.1-flash-lite-preview          gemini-3.1-flash-lite-preview
google/gemini-3.5-flash                       gemini-3.5-flash-medium
google/gemma-3n-e4b-it                        gemma-3n-e4b-it
meta-llama/llama-4-scout                      llama-4-scout-17b-16e-instruct
meta/muse-spark-1.2                           muse-spark-1.2 (xHigh)
mistralai/mistral-large-2407                  mistral-large-2407
mistralai/mistral-medium-3-5                  mistral-medium-3.5
mistralai/mistral-medium-3.1                  mistral-medium-2508
mistralai/mixtral-8x22b-instruct              mixtral-8x22b-instruct-v0.1
moonshotai/kimi-k2                            kimi-k2-0711-preview
moonshotai/kimi-k2.5                          kimi-k2.5-thinking
nvidia/nemotron-3-nano-30b-a3b:free           nvidia-nemotron-3-nano-30b-a3b-bf16
nvidia/nemotron-3-super-120b-a12b             nvidia-nemotron-3-super-120b-a12b
openai/gpt-4-turbo                            gpt-4-turbo-2024-04-09
openai/gpt-4.1-nano                           gpt-4.1-nano-2025-04-14
openai/gpt-4o-2024-08-06                      gpt-4o-2024-08-06
openai/gpt-5                                  gpt-5-high
openai/gpt-5.2                                gpt-5.2
openai/gpt-oss-20b:free                       gpt-oss-20b
openai/o1                                     o1-2024-12-17
openai/o3-mini                                o3-mini
openai/o3-mini-high                           o3-mini-high
qwen/qwen-2.5-72b-instruct                    qwen2.5-72b-instruct
qwen/qwen-plus                                qwen-plus-0125
qwen/qwen3-235b-a22b                          qwen3-235b-a22b
qwen/qwen3-235b-a22b-2507                     qwen3-235b-a22b-instruct-2507
qwen/qwen3-235b-a22b-thinking-2507            qwen3-235b-a22b-thinking-2507
qwen/qwen3-coder                              qwen3-coder-480b-a35b-instruct
qwen/qwen3-max                                qwen3-max-2025-09-23
qwen/qwen3.8-max                              qwen3.8-max
thinkingmachines/inkling-small                Inkling Small
x-ai/grok-4.6                                 grok-4.6-high
z-ai/glm-4.6v                                 glm-4.6v
z-ai/glm-5.3                                  glm-5.3-max
~anthropic/claude-haiku-latest                claude-haiku-4-5-20251001
~google/gemini-pro-latest                     gemini-3.1-pro-preview
~z-ai/glm-latest                              glm-5.3-max
"""

# Rows that are no model of these catalogs, each with the one that it may be taken for.
WRONG = {
    "qwen3.7-max-preview": "qwen/qwen3.7-max is the final version",
    "qwen3-max-preview": "qwen/qwen3-max is the final version, of 2025-09-23",
    "gpt-4-0314": "openai/gpt-4 does not say which of its versions it is",
    "gpt-3.5-turbo-1106": "openai/gpt-3.5-turbo moved on; -0613 is another",
    "gpt-3.5-turbo-0125": "openai/gpt-3.5-turbo does not say which version it is",
    "gpt-5.5-instant": "openai/gpt-5.5 thinks; Instant is another model",
    "gpt-5-chat": "openai/gpt-5 is another model than that of ChatGPT",
    "gemini-3-pro": "google/gemini-3-pro-image makes pictures, and 3.1 is a later version",
    "gemini-2.5-flash-preview-09-2025": "google/gemini-2.5-flash is of 2025-06",
    "gemini-2.5-flash-lite-preview-06-17-thinking": "google/gemini-2.5-flash-lite is of 2025-07",
    "minimax-m2.1-preview": "minimax/minimax-m2.1 is the final version",
    "grok-4.20-beta1": "x-ai/grok-4.20 is the later beta of 03-09",
    "mistral-large-2402": "mistralai/mistral-large is Large 2, by its description",
    "mistral-large-2411": "mistralai/mistral-large-2407 is the version before",
    "mistral-medium": "mistralai/mistral-medium-3 is another generation",
    "kimi-k2-thinking-turbo": "moonshotai/kimi-k2-thinking is not said to be the same service",
    "muse-spark": "meta/muse-spark-1.1 is a later version",
    "muse-glimmer": "meta/muse-glimmer-30b names a size that the row does not",
    "olmo-3.1-32b-think": "allenai/olmo-3-32b-think is the version before",
    "ibm-granite-h-small": "ibm-granite/granite-4.0-h-micro is another size",
    "command-r": "cohere/command-r-08-2024 is a later version",
    "command-r-plus": "cohere/command-r-plus-08-2024 is a later version",
    "gemma-2-9b-it-simpo": "google/gemma-2-27b-it is another size, and not tuned by strangers",
    "claude-3-5-haiku-20241022": "anthropic/claude-3-haiku is the generation before",
    "mistral-7b-instruct": "no id serves its first version under that name",
}


PAIRS = [tuple(line.split(maxsplit=1)) for line in RIGHT.strip().splitlines()]


@pytest.fixture(scope="module")
def leaderboard() -> Leaderboard:
    """The leaderboard beside the project."""
    return real_leaderboard()


@pytest.fixture(scope="module")
def today(leaderboard: Leaderboard) -> MatchResult:
    """The result over the two last catalogs together."""
    return match_leaderboard(leaderboard, real_models(*TODAY))


def test_every_row_is_parsed(leaderboard: Leaderboard) -> None:
    assert (len(leaderboard.rows), leaderboard.total_ranked) == (393, 393)


@pytest.mark.parametrize(("model_id", "name"), PAIRS, ids=str)
def test_model_has_the_rank_that_a_reviewer_found(
    today: MatchResult, model_id: str, name: str
) -> None:
    assert today.ranks[model_id].name == name


@pytest.mark.parametrize(("name", "reason"), list(WRONG.items()), ids=list(WRONG))
def test_row_that_only_resembles_a_model_is_not_matched(
    today: MatchResult, name: str, reason: str
) -> None:
    assert matched_rows(today).get(name) is None, reason


def test_reviewed_rows_and_models_still_exist(today: MatchResult, leaderboard: Leaderboard) -> None:
    names = {row.name for row in leaderboard.rows}
    ranked = {i: today.ranks[i].name for i in MANUAL_MATCHES if i in today.model_ids}

    assert {name for name, _ in MANUAL_MATCHES.values()} | MANUAL_EFFORTS.keys() <= names
    assert ranked == {i: name for i, (name, _) in MANUAL_MATCHES.items() if i in ranked}


def test_about_half_of_the_listed_models_are_ranked(today: MatchResult) -> None:
    own = [rank for rank in today.ranks.values() if rank.inherited_from is None]

    assert (len(matched_rows(today)), len({rank.name for rank in own}), len(own)) == (188, 165, 166)
    assert len(today.ranks) == 232
    assert today.ambiguities == ()


@pytest.mark.parametrize(
    ("catalogs", "rows"), [(["2026-08-22T1835Z"], 187), ([], 241)], ids=["the last", "all"]
)
def test_share_of_matched_rows_does_not_fall(
    leaderboard: Leaderboard, catalogs: list[str], rows: int
) -> None:
    result = match_leaderboard(leaderboard, real_models(*catalogs))

    assert len(matched_rows(result)) == rows


@pytest.mark.parametrize("path", each_shared_catalog())
def test_no_rank_is_given_to_two_models_unless_reviewed(
    leaderboard: Leaderboard, path: Path
) -> None:
    result = match_leaderboard(leaderboard, models_of([path]))

    own = [
        i for i, s in result.ranks.items() if s.inherited_from is None and i not in MANUAL_MATCHES
    ]
    assert len(own) >= 75
    assert len({result.ranks[i].name for i in own}) == len(own)
