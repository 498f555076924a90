"""Matches and rejections decided by hand, where no rule is reliable."""

from collections.abc import Mapping

from handler.domain.arena.name_variants import normalize_name

# The authors of ids, by the leaderboard's name of the organization: letters and digits alone.
_AUTHORS: Mapping[str, frozenset[str]] = {
    "alibaba": frozenset({"alibaba", "qwen"}),
    "antgroup": frozenset({"inclusionai"}),
    "bytedance": frozenset({"bytedance", "bytedanceseed"}),
    "ibm": frozenset({"ibmgranite"}),
    "inceptionai": frozenset({"inception"}),
    "meta": frozenset({"meta", "metallama"}),
    "mistral": frozenset({"mistralai"}),
    "moonshot": frozenset({"moonshotai"}),
    "stepfun": frozenset({"stepfun", "stepfunai"}),
    "thinky": frozenset({"thinkingmachines"}),
    "zai": frozenset({"zai", "thudm"}),
}

# By model id: the name of its row, and the reason, which pages show.
MANUAL_MATCHES: Mapping[str, tuple[str, str]] = {
    "amazon/nova-2-lite-v1": ("nova-2-lite", "its only version"),
    "amazon/nova-lite-v1": ("amazon-nova-lite-v1.0", "v1 is version 1.0"),
    "amazon/nova-micro-v1": ("amazon-nova-micro-v1.0", "v1 is version 1.0"),
    "amazon/nova-pro-v1": ("amazon-nova-pro-v1.0", "v1 is version 1.0"),
    "anthropic/claude-3.5-sonnet": ("claude-3-5-sonnet-20241022", "the version of October 2024"),
    "google/gemini-3-flash-preview": ("gemini-3-flash", "only a preview was ever published"),
    "google/gemini-3-pro-preview": ("gemini-3-pro", "only a preview was ever published"),
    "google/gemini-flash-1.5": ("gemini-1.5-flash-002", "the last of its revisions"),
    "google/gemini-pro-1.5": ("gemini-1.5-pro-002", "the last of its revisions"),
    "google/gemma-4-26b-a4b-it": ("gemma-4-26b-a4b", "only the tuned model can chat"),
    "google/gemma-4-31b-it": ("gemma-4-31b", "only the tuned model can chat"),
    "meta-llama/llama-3.1-405b-instruct": (
        "llama-3.1-405b-instruct-fp8",
        "ranked at FP8 precision",
    ),
    "mistralai/ministral-8b": ("ministral-8b-2410", "the version of October 2024"),
    "mistralai/mistral-large-2512": ("mistral-large-3", "its name says Large 3 2512"),
    "mistralai/mistral-medium-3": ("mistral-medium-2505", "the version of May 2025"),
    "mistralai/mistral-medium-3.1": ("mistral-medium-2508", "the version of August 2025"),
    "mistralai/mistral-small-3.2-24b-instruct": ("mistral-small-2506", "the version of June 2025"),
    "moonshotai/kimi-k2": ("kimi-k2-0711-preview", "its name says K2 0711"),
    "moonshotai/kimi-k2-0905": ("kimi-k2-0905-preview", "the only version of that day"),
    "nvidia/nemotron-3.5-lightning": (
        "nvidia-nemotron-3.5-lightning-30b-a3b-nvfp4",
        "ranked at NVFP4 precision",
    ),
    "openai/chatgpt-4o-latest": (
        "chatgpt-4o-latest-20250326",
        "the version of March 2025, the last one",
    ),
    "openai/gpt-4": ("gpt-4-0613", "the version that OpenAI serves as gpt-4"),
    "openai/gpt-4-turbo-preview": ("gpt-4-0125-preview", "the last preview of GPT-4 Turbo"),
    "openai/gpt-4o-mini": ("gpt-4o-mini-2024-07-18", "its only version"),
    "openai/gpt-5.2-chat": (
        "gpt-5.2-chat-latest-20260210",
        "the version of February 2026, the last one",
    ),
    "openai/gpt-5.3-chat": ("gpt-5.3-chat-latest", "OpenAI calls it gpt-5.3-chat-latest"),
    "qwen/qwen-max": ("qwen2.5-max", "Qwen2.5-Max is the version of January 2025"),
    "qwen/qwen3.5-flash-02-23": ("qwen3.5-flash", "its only version"),
    "tencent/hy3-preview": ("hunyuan-hy3-preview", "Hunyuan is the family of Hy3"),
    "x-ai/grok-4.20": ("grok-4.20-beta-0309-reasoning", "its slug has the same day"),
    "x-ai/grok-4.20-multi-agent": ("grok-4.20-multi-agent-beta-0309", "its slug has the same day"),
    "z-ai/glm-5.2": ("glm-5.2-max", "ranked at its highest effort"),
}

# By row: the model of which it is a further row, and the effort, as `describe_effort` would put it.
MANUAL_EFFORTS: Mapping[str, tuple[str, str]] = {
    # The releases of April 2026 were previews: the GA release of V4 Pro is -0813.
    "deepseek-v4-flash-high-preview": ("deepseek/deepseek-v4-flash", "at high effort"),
    "deepseek-v4-pro-high-preview": ("deepseek/deepseek-v4-pro", "at high effort"),
    "gemini-3-flash (thinking-minimal)": ("google/gemini-3-flash-preview", "at minimal effort"),
    # Moonshot's name for Kimi K2.5 with thinking disabled.
    "kimi-k2.5-instant": ("moonshotai/kimi-k2.5", "without thinking"),
}

# Rows that are not the model that their name leads to, and the reason.
MANUAL_REJECTIONS: Mapping[str, str] = {
    "mistral-7b-instruct": "it is version 0.1, and the id of that name serves a later one"
}


def is_same_organization(organization: str, author: str) -> bool:
    """Return whether a leaderboard's organization, such as "Z.ai", is the author of an id."""
    name = _letters_and_digits(organization)
    return _letters_and_digits(author) in _AUTHORS.get(name, frozenset({name}))


def _letters_and_digits(name: str) -> str:
    return normalize_name(name).replace("-", "")
