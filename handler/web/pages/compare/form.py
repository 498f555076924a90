"""The fields of a workload, as they are shown and sent again."""

from collections.abc import Iterable

from handler.domain.comparison.workload_query import InvalidValue
from handler.domain.pricing.cost import DEFAULT_WORKLOAD, MAX_REQUESTS, MAX_TOKENS, Workload

_TOKENS = f"a whole number up to {MAX_TOKENS:,}, such as 250,000 or 10M"
_EXPECTED = {
    "in": _TOKENS,
    "out": _TOKENS,
    "cached": "a whole percentage from 0 to 100",
    "requests": f"a whole number from 1 to {MAX_REQUESTS:,}, or nothing if tokens are totals",
}
_DEFAULTS = {
    "in": f"{DEFAULT_WORKLOAD.tokens_in:,}",
    "out": f"{DEFAULT_WORKLOAD.tokens_out:,}",
    "cached": f"{DEFAULT_WORKLOAD.cached_percent}",
    "requests": f"{DEFAULT_WORKLOAD.requests}",
}


def field_values(workload: Workload, invalid: Iterable[InvalidValue] = ()) -> dict[str, str]:
    """Return the text of each field: what was typed where it was not understood.

    Requests of the default workload are blank: totals typed over it would not fit into one.
    """
    is_blank = workload.requests is None or workload == DEFAULT_WORKLOAD
    return {
        "in": f"{workload.tokens_in:,}",
        "out": f"{workload.tokens_out:,}",
        "cached": str(workload.cached_percent),
        "requests": "" if is_blank else f"{workload.requests:,}",
        **{each.name: each.text for each in invalid},
    }


def field_problems(invalid: Iterable[InvalidValue]) -> dict[str, str]:
    """Return what to say beside each field whose value was not understood."""
    return {
        name: f"“{text}” was not understood, so {_DEFAULTS[name]} is used. Enter {_EXPECTED[name]}."
        for name, text in invalid
    }
