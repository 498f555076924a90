"""Token counts and modalities as short text."""

from collections.abc import Sequence


def format_token_count(count: int) -> str:
    """Return a number of tokens in short: 512, 131K, 1M, 1.3M."""
    if count < 1_000:
        return str(count)
    if count < 999_500:
        return f"{round(count / 1_000)}K"
    return f"{round(count / 1_000_000, 1):g}M"


def format_modalities(inputs: Sequence[str], outputs: Sequence[str]) -> str | None:
    """Return "text+image → text", None where inputs or outputs are not published."""
    return f"{'+'.join(inputs)} → {'+'.join(outputs)}" if inputs and outputs else None
