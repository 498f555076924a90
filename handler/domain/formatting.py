"""Token counts and modalities as short text, and JSON for script elements."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

# Characters that could end a script element, or a line of JavaScript.
_UNSAFE_IN_SCRIPT = re.compile("[<>&\u2028\u2029]")
_TOKEN_UNITS = ((1_000_000, "M"), (1_000, "K"))


def format_token_count(count: int) -> str:
    """Return a number of tokens in short, rounded down: 512, 7.5K, 131K, 1M, 1.3M.

    Below ten it has one decimal, from ten on none. It never says more than the count.
    """
    for unit, suffix in _TOKEN_UNITS:
        whole, tenth = divmod(count * 10 // unit, 10)
        if whole:
            return f"{whole}.{tenth}{suffix}" if tenth and whole < 10 else f"{whole}{suffix}"
    return str(count)


def format_modalities(inputs: Sequence[str], outputs: Sequence[str]) -> str | None:
    """Return "text+image → text", None where inputs or outputs are not published."""
    return f"{'+'.join(inputs)} → {'+'.join(outputs)}" if inputs and outputs else None


def format_script_json(value: Mapping[str, Any]) -> str:
    """Return compact JSON that cannot end the <script> element that it is placed in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE_IN_SCRIPT.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
