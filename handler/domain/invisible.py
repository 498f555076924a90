"""Characters that no reader sees: controls, marks that reorder text, default-ignorable ones.

They can carry words that language models read and people do not. The list is Unicode's property
Default_Ignorable_Code_Point, with control characters, noncharacters and interlinear annotations.
"""

import re

# For a character class. Directional isolates are in it: no text of this site is built with any.
_ALWAYS = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# Joiners and selectors of emoji, which some places need: see `_KEPT`.
_AT_TIMES = "\u200c\u200d\ufe0e\ufe0f"
# Arabic, Syriac, N'Ko and Indic scripts, Myanmar, Khmer and Mongolian: joiners spell words there.
_JOINED = (
    "\u0620-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17b3\u17b6-\u17ff\u1810-\u18af\u1b00-\u1b7f"
    "\ua8e0-\ua8ff\ua980-\ua9df\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
)
_EMOJI = (
    "©®\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2934\u2935"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
# What stands around a character of _AT_TIMES that is kept, which has just been passed.
_KEPT = "|".join(
    (
        f"(?<=[{_JOINED}][\u200c\u200d])[{_JOINED}]",
        "(?<=\u0d4d\u200d)",  # Malayalam ends words with it
        f"(?<=[{_EMOJI}]\u200d)[{_EMOJI}]",
        f"(?<=[{_EMOJI}]\ufe0f\u200d)[{_EMOJI}]",
        f"(?<=[{_EMOJI}][\ufe0e\ufe0f])",
        "(?<=[0-9#*]\ufe0f)\u20e3",
    )
)
_INVISIBLE = re.compile(f"[{_ALWAYS}]|[{_AT_TIMES}](?!{_KEPT})")
# Unicode's own line ends too, which count as white space elsewhere.
_INVISIBLE_IN_JSON = re.compile(f"{_INVISIBLE.pattern}|[\x85\u2028\u2029]")


def strip_invisible(text: str) -> str:
    """Return the text without invisible characters, but for joiners that words and emoji need."""
    if text.isascii() and text.isprintable():
        return text
    return _INVISIBLE.sub("", text)


def escape_invisible(json_text: str) -> str:
    """Return JSON of the same value in which every invisible character is an escape."""
    return _INVISIBLE_IN_JSON.sub(lambda match: _escape(match[0]), json_text)


def _escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))
