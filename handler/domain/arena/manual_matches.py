"""Matches and rejections decided by hand, where no rule is reliable."""

from collections.abc import Mapping

# The authors of ids, by the leaderboard's name of the organization.
_AUTHORS: Mapping[str, frozenset[str]] = {
    "alibaba": frozenset({"alibaba", "qwen"}),
    "ant-group": frozenset({"inclusionai"}),
    "bytedance": frozenset({"bytedance", "bytedance-seed"}),
    "ibm": frozenset({"ibm-granite"}),
    "inception-ai": frozenset({"inception"}),
    "meta": frozenset({"meta", "meta-llama"}),
    "mistral": frozenset({"mistralai"}),
    "moonshot": frozenset({"moonshotai"}),
    "thinky": frozenset({"thinkingmachines"}),
    "xai": frozenset({"x-ai"}),
    "zai": frozenset({"z-ai", "thudm"}),
}

# By model id: the name of its row, and the reason, which pages show.
MANUAL_MATCHES: Mapping[str, tuple[str, str]] = {
    "amazon/nova-2-lite-v1": ("nova-2-lite", "its only version"),
    "amazon/nova-lite-v1": ("amazon-nova-lite-v1.0", "v1 is version 1.0"),
    "amazon/nova-micro-v1": ("amazon-nova-micro-v1.0", "v1 is version 1.0"),
    "amazon/nova-pro-v1": ("amazon-nova-pro-v1.0", "v1 is version 1.0"),
    "google/gemini-3-flash-preview": ("gemini-3-flash", "only a preview was ever published"),
    "google/gemma-4-26b-a4b-it": ("gemma-4-26b-a4b", "only the tuned model can chat"),
    "google/gemma-4-31b-it": ("gemma-4-31b", "only the tuned model can chat"),
    "mistralai/ministral-8b": ("ministral-8b-2410", "the version of October 2024"),
    "mistralai/mistral-large-2512": ("mistral-large-3", "its name says Large 3 2512"),
    "mistralai/mistral-medium-3": ("mistral-medium-2505", "the version of May 2025"),
    "mistralai/mistral-medium-3.1": ("mistral-medium-2508", "the version of August 2025"),
    "mistralai/mistral-small-3.2-24b-instruct": ("mistral-small-2506", "the version of June 2025"),
    "moonshotai/kimi-k2": ("kimi-k2-0711-preview", "its name says K2 0711"),
    "moonshotai/kimi-k2-0905": ("kimi-k2-0905-preview", "the only version of that day"),
    "nvidia/nemotron-3-ultra-550b-a55b": (
        "nvidia-nemotron-3-ultra-550b-a55b-nvfp4",
        "ranked at NVFP4 precision",
    ),
    "nvidia/nemotron-3.5-lightning": (
        "nvidia-nemotron-3.5-lightning-30b-a3b-nvfp4",
        "ranked at NVFP4 precision",
    ),
    "openai/gpt-4o-mini": ("gpt-4o-mini-2024-07-18", "its only version"),
    "qwen/qwen3.5-flash-02-23": ("qwen3.5-flash", "its only version"),
    "tencent/hy3-preview": ("hunyuan-hy3-preview", "Hunyuan is the family of Hy3"),
    "x-ai/grok-4.20": ("grok-4.20-beta-0309-reasoning", "its slug has the same day"),
    "x-ai/grok-4.20-multi-agent": ("grok-4.20-multi-agent-beta-0309", "its slug has the same day"),
    "z-ai/glm-5.2": ("glm-5.2-max", "ranked at its highest effort"),
}

# Rows that are not the model that their name leads to, and the reason.
MANUAL_REJECTIONS: Mapping[str, str] = {
    "mistral-7b-instruct": "it is version 0.1, and the id of that name serves a later one"
}


def is_same_organization(organization: str, author: str) -> bool:
    """Return whether a leaderboard's organization is the author of an id."""
    authors = _AUTHORS.get(organization.lower(), frozenset({organization.lower()}))
    return author.lower() in authors
