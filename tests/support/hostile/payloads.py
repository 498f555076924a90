"""Text that strangers would use to take over a page, and a model that has it in every field."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from handler.bootstrap.refresh import markdown_renderer
from handler.domain.catalog.endpoints import compact_endpoints
from handler.domain.catalog.model import parse_model
from handler.domain.catalog.model_history import new_history
from handler.domain.catalog.profile import EndpointData, Profile
from tests.support.builders import AS_OF, NO_PROSE, STANDING, making, priced, record_listing
from tests.support.hostile.text import HOSTILE_TEXT

# Each says alert(...) where it works, or asks for evil.example.
XSS = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</script x",
    "</script><script>alert(1)</script>",
    "<!--<script x",
    "</textarea></noscript></template></xmp></pre></code><script>alert(1)</script>",
    "<!--<script>--><img src=x onerror=alert(1)>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "]]><script>alert(1)</script>",
    "<img src=https://evil.example/x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<form action=https://evil.example/><button autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<a href=javascript:alert(1) autofocus onfocus=alert(1)>x</a>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" autofocus onfocus=alert(1) x="',
    "' autofocus onfocus=alert(1) x='",
    "`onmouseover=alert(1)",
    "javascript:alert(1)//",
    "JaVaScRiPt\t:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//evil.example/x",
    "https://evil.example/x",
    "[x](javascript:alert(1)) ![x](https://evil.example/x.png) <https://evil.example/>",
    "[x]: javascript:alert(1)\n\n[x]",
    "**[x](https://evil.example/)** @everyone <@123> `x` ||x||",
    "{{ 7*7 }} {% include '/etc/passwd' %} ${7*7} #{7*7} <%= 7*7 %>",
    "\u2028alert(1)\u2029",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;",
    "\\u003cscript\\u003ealert(1) \\x3cscript\\x3e",
    '{"@type": "evil"}</script><script>alert(1)</script>',
    "=cmd|'/c calc'!A1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\x1b]0;evil\x07\x1b[2J\x1b[31m\x9b31m",
    "a\r\nSet-Cookie: evil=1\r\n\r\n<script>alert(1)</script>",
    *(text.encode("utf-8", "replace").decode() for text in HOSTILE_TEXT.values()),
]


def naughty(strings: Path) -> list[str]:
    """Return the Big List of Naughty Strings, what is no Unicode made so."""
    written = json.loads(strings.read_text("utf-8"))
    return [text.encode("utf-8", "replace").decode() for text in written if text]


def raw_with(text: str, model_id: str) -> dict[str, Any]:
    """Return a record with a text in every field that may hold one."""
    names = ("name", "description", "canonical_slug", "hugging_face_id", "knowledge_cutoff")
    return priced(
        model_id,
        "0.000001",
        "0.000003",
        **dict.fromkeys(names, text),
        created=1756235463,
        context_length=131072,
        expiration_date=text,
        architecture={
            **making(text, text),
            "input_modalities": [text],
            "tokenizer": text,
            "modality": f"{text}->{text}",
            "instruct_type": text,
            text: text,
        },
        supported_parameters=[text, text],
        default_parameters={text: text, "x": {text: [text]}},
        per_request_limits={text: text},
        links={"details": text},
        alias_target={"slug": text, "name": text},
        unheard_of={text: [text]},
    )


def profile_with(text: str, model_id: str) -> Profile:
    """Return a model whose every source says a text wherever it may say one."""
    raw = raw_with(text, model_id)
    model = parse_model(raw, markdown_renderer()(text))
    before = parse_model({**raw, "name": f"Once {text}"}, NO_PROSE)
    history = record_listing(new_history(before, AS_OF - timedelta(days=9)), model, AS_OF)
    served = {
        "model_id": model_id,
        "provider_name": text or "x",
        "tag": f"{text}/x",
        "quantization": text,
        "context_length": 4096,
        "status": -1,
        "uptime_last_1d": 99.5,
        "pricing": {"prompt": "0.000001", "completion": "0.000003"},
    }
    offers = EndpointData(AS_OF, tuple(compact_endpoints({"endpoints": [served]})))
    standing = STANDING._replace(name=text, match_reason=text)
    return Profile(model, history, AS_OF, endpoint_data=offers, arena_rank=standing)
