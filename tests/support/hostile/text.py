"""One table of hostile text, for every field that strangers fill."""

HOSTILE_TEXT = {
    "script": "<script>alert(1)</script>",
    "end of script": "</script><img src=x onerror=alert(1)>",
    "attribute": '" onmouseover="alert(1)" x=\'',
    "template": "{{ 7 * 7 }} ${7*7} {% raw %}",
    "url": "javascript:alert(1)",
    "markdown url": "[click](javascript:alert(1)) ![x](data:text/html,<script>1</script>)",
    "entity": "&lt;b&gt; &#x3C;script&#x3E;",
    "controls": "a\x00b\x07c\x1b[31md\r\nSet-Cookie: x=1",
    "bidi": "abc\u202egpj.exe\u2066",
    "surrogate": "broken \ud800 half",
    "astral": "𝕳𝖊𝖗𝖒𝖊𝖘 👩‍👩‍👧‍👦 e\u0301",
    "zalgo": "Z" + "\u0301" * 500,
    "long": "word " * 5_000,
    "wide": "一个大型语言模型 " * 100,
    "unbroken": "x" * 20_000,
    "formula": '=HYPERLINK("http://evil.example")',
    "comment": "--><!-- <![CDATA[ ]]>",
}
