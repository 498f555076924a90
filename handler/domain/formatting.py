"""Token counts and modalities as short text, and JSON for script elements."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

# Characters that could end a script element, or a line of JavaScript.
_UNSAFE_IN_SCRIPT = re.compile("[<>&\u2028\u2029]")


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


def format_script_json(value: Mapping[str, Any]) -> str:
    """Return compact JSON that cannot end the <script> element that it is placed in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE_IN_SCRIPT.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
