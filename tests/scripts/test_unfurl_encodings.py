import pytest

from scripts.unfurling.character_encoding import find_encoding


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        pytest.param("", "é".encode(), "é", id="UTF-8 by default"),
        pytest.param("iso-8859-1", b"\x93\x80\x94", "“€”", id="latin-1 is windows-1252"),
        pytest.param("gb2312", "镕".encode("gbk"), "镕", id="gb2312 is GBK"),
        pytest.param("x-sjis", "①".encode("cp932"), "①", id="Shift_JIS by another name"),
        pytest.param("EUC-KR", "똠".encode("cp949"), "똠", id="EUC-KR is its extension"),
        pytest.param(" UTF8 ", "é".encode(), "é", id="spaces and cases"),
        pytest.param("nonsense", "é".encode(), "é", id="unknown"),
        pytest.param("hex", "é".encode(), "é", id="codec without text"),
        pytest.param("x-user-defined", "é".encode(), "é", id="no codec in Python"),
        pytest.param("\udcff\x00", "é".encode(), "é", id="no label at all"),
        pytest.param("gb2312", "\ufeffé".encode(), "\ufeffé", id="mark before the header"),
        pytest.param("", "<meta charset=x-sjis>①".encode("cp932"), "①", id="meta"),
        pytest.param("utf-8", "<meta charset=gbk>é".encode(), "é", id="header before meta"),
        pytest.param("", "<!-- <meta charset=gbk> -->é".encode(), "é", id="meta in a comment"),
        pytest.param("", "<meta charset=utf-16>é".encode(), "é", id="meta cannot be UTF-16"),
        pytest.param("", b"\xff\xfe" + "é".encode("utf-16-le"), "é", id="UTF-16 by its mark"),
        pytest.param(
            "",
            '<meta http-equiv=content-type content="text/html; charset=gb2312">镕'.encode("gbk"),
            "镕",
            id="http-equiv",
        ),
    ],
)
def test_encoding_is_found_as_browsers_find_it(charset: str, body: bytes, text: str) -> None:
    assert body.decode(find_encoding(body, charset), "replace").endswith(text)
