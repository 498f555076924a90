import json

import pytest

from handler.web.formatting import pretty_json
from tests.support.hostile.text import HOSTILE_TEXT


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_pretty_json_escapes_invisible_characters(text: str) -> None:
    text += "\x7f\x85\u202e\u2028\ufeff\ufffe"

    formatted = pretty_json({"key": text, text: [1, None]})

    assert json.loads(formatted) == {"key": text, text: [1, None]}
    assert not set("\x00\x1b\x7f\x85\u202e\u2028\ufeff\ufffe") & set(formatted)
