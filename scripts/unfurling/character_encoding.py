"""The character encoding of a page, by the rules of browsers."""

import html5lib
import webencodings

_DEFAULT = "utf-8"
# The standard decodes GBK as GB18030. Python has no codec for the other two.
_CODECS = {"gbk": "gb18030", "x-user-defined": _DEFAULT, "replacement": _DEFAULT}
# HTML looks for a <meta charset> in so many bytes.
_PRESCAN_BYTES = 1_024


def find_encoding(body: bytes, charset: str) -> str:
    """Return the name of Python's codec for a page, UTF-8 where nothing is declared.

    A byte order mark comes first, then the `charset` of the content type, then the page's <meta>.
    Labels are those of https://encoding.spec.whatwg.org: gb2312 is GBK, iso-8859-1 windows-1252.
    """
    parser = html5lib.HTMLParser()
    parser.parse(
        body[:_PRESCAN_BYTES],
        transport_encoding=charset.encode(errors="replace") or None,
        default_encoding=_DEFAULT,
        useChardet=False,
    )
    encoding = webencodings.lookup(parser.documentEncoding or _DEFAULT)
    return str(_CODECS.get(encoding.name, encoding.codec_info.name))
