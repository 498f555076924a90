import json

import pytest

from handler.domain.formatting import format_script_json
from tests.support.hostile.text import HOSTILE_TEXT


@pytest.mark.parametrize("text", HOSTILE_TEXT.values(), ids=HOSTILE_TEXT)
def test_script_json_cannot_end_its_element(text: str) -> None:
    formatted = format_script_json({"key": text, text: "\u2028\u2029"})

    assert not set("<>&\u2028\u2029") & set(formatted)
    assert json.loads(formatted) == {"key": text, text: "\u2028\u2029"}
