import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.web.http.conditional import apply_conditions
from handler.web.http.headers import ERROR_CACHE, HTML, PAGE_CACHE, TEXT
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse

BODY = b"<p>" + "Ünïcode ".encode() * 200 + b"</p>"
PAGE_DOCUMENT = CacheableResponse(BODY, HTML, PAGE_CACHE)
CSP = "default-src 'none'"


def answer(
    headers: dict[str, str], method: str = "GET", document: CacheableResponse = PAGE_DOCUMENT
) -> tuple[int, dict[str, str], bytes]:
    response = apply_conditions(Request(method, "/", "", headers), document, CSP)
    return response.status, dict(response.headers), response.body


def test_a_page_goes_out_whole_with_all_its_headers() -> None:
    assert answer({}) == (
        200,
        {
            "x-content-type-options": "nosniff",
            "referrer-policy": "strict-origin-when-cross-origin",
            "strict-transport-security": "max-age=31536000",
            "cross-origin-opener-policy": "same-origin",
            "cache-control": PAGE_CACHE,
            "vary": "Accept-Encoding",
            "accept-ranges": "bytes",
            "content-security-policy": CSP,
            "etag": PAGE_DOCUMENT.etag,
            "content-length": str(len(BODY)),
            "content-type": HTML,
        },
        BODY,
    )


@pytest.mark.parametrize(
    "accepted",
    ["gzip", "gzip, deflate, br", "br;q=1.0, GZIP;q=0.5", "x-gzip", " gzip ; q=0.001 ,*;q=0"],
)
def test_accepted_gzip_is_sent_with_its_own_etag(accepted: str) -> None:
    status, headers, body = answer({"accept-encoding": accepted})

    assert (status, gzip.decompress(body)) == (200, BODY)
    assert headers["content-encoding"] == "gzip"
    assert headers["content-length"] == str(len(body))
    assert headers["etag"] == PAGE_DOCUMENT.gzip_etag != PAGE_DOCUMENT.etag


@pytest.mark.parametrize(
    "accepted",
    [
        "",
        "identity",
        "br",
        "deflate",
        "gzip;q=0",
        "gzip; q=0.0",
        "notgzip",
        "gzipped",
        "br, gzip;q=0.000 ,*",
    ],
)
def test_the_plain_body_is_sent_otherwise(accepted: str) -> None:
    _, headers, body = answer({"accept-encoding": accepted})

    assert ("content-encoding" in headers, body) == (False, BODY)


CODINGS = st.tuples(
    st.sampled_from(["gzip", "GZip", "x-gzip", "br", "identity", "*", "notgzip", "gzip2", ""]),
    st.sampled_from([None, "0", "0.0", "0.000", "1", "0.5", "0.001", "1.000"]),
    st.sampled_from(["", " ", "\t "]),
)


@pytest.mark.promise("P3", "lists of encodings, judged by their weights")
@given(st.lists(CODINGS, max_size=5))
def test_gzip_is_sent_exactly_where_it_has_a_weight(
    codings: list[tuple[str, str | None, str]],
) -> None:
    written = [f"{s}{name}{s}" + (f";{s}q={q}{s}" if q else "") for name, q, s in codings]
    weights = [float(q or 1) for name, q, _ in codings if name.lower() in ("gzip", "x-gzip")]

    _, headers, _ = answer({"accept-encoding": ",".join(written)})

    assert ("content-encoding" in headers) == any(weights)


PLACES = st.none() | st.integers(0, 2 * len(BODY))


@pytest.mark.promise("P3", "ranges, judged by what is left of the whole")
@given(PLACES, PLACES)
def test_a_range_is_that_part_of_the_whole_or_the_whole(
    first: int | None, last: int | None
) -> None:
    if first is None:
        part = BODY[-last:] if last else b""
    else:
        part = BODY[first:] if last is None else BODY[first : last + 1]

    ends = ["" if end is None else str(end) for end in (first, last)]
    status, _, body = answer({"range": f"bytes={'-'.join(ends)}"})

    assert (status, body) == ((206, part) if part else (200, BODY))


def test_a_short_body_is_not_worth_compressing() -> None:
    robots = CacheableResponse(b"User-agent: *\n", TEXT, PAGE_CACHE)

    assert answer({"accept-encoding": "gzip"}, document=robots)[2] == robots.body


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_head_has_the_headers_of_get_and_no_body(encoding: str) -> None:
    _, headers, _ = answer({"accept-encoding": encoding})

    assert answer({"accept-encoding": encoding}, "HEAD") == (200, headers, b"")


@pytest.mark.parametrize(
    "known", ["{etag}", "W/{etag}", '"other", {etag}', "{gzip}", "W/{gzip}", "*"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_known_etag_is_answered_304_however_a_cache_rewrote_it(method: str, known: str) -> None:
    tag = known.format(etag=PAGE_DOCUMENT.etag, gzip=PAGE_DOCUMENT.gzip_etag)
    _, whole, _ = answer({})

    status, headers, body = answer({"if-none-match": tag}, method)

    assert (status, body) == (304, b"")
    assert headers == {name: value for name, value in whole.items() if name != "content-length"}


def test_an_unknown_etag_is_answered_whole() -> None:
    assert answer({"if-none-match": '"other"'})[0] == 200


@pytest.mark.parametrize(
    ("wanted", "span"),
    [
        ("bytes=0-99", (0, 99)),
        ("bytes=0-524287", (0, len(BODY) - 1)),
        ("bytes=100-", (100, len(BODY) - 1)),
        ("bytes=-100", (len(BODY) - 100, len(BODY) - 1)),
        ("bytes=-99999999", (0, len(BODY) - 1)),
        ("bytes=4-4", (4, 4)),
    ],
)
def test_a_range_is_cut_from_the_plain_body(wanted: str, span: tuple[int, int]) -> None:
    status, headers, body = answer({"range": wanted, "accept-encoding": "gzip"})

    first, last = span
    assert (status, body) == (206, BODY[first : last + 1])
    assert headers["content-range"] == f"bytes {first}-{last}/{len(BODY)}"
    assert headers["content-length"] == str(len(body))
    assert headers["etag"] == PAGE_DOCUMENT.etag
    assert "content-encoding" not in headers


@pytest.mark.parametrize(
    "wanted",
    [
        "bytes=99999999-",
        "bytes=5-4",
        "bytes=-0",
        "bytes=-",
        "bytes=0-1,4-5",
        "lines=1-2",
        "bytes",
        "bytes=x-y",
        "bytes=" + "9" * 400 + "-",
    ],
    ids=lambda wanted: wanted[:20],
)
def test_unsatisfiable_range_returns_full_body_not_416(wanted: str) -> None:
    assert answer({"range": wanted})[::2] == (200, BODY)


def test_a_range_of_another_version_is_answered_whole() -> None:
    assert answer({"range": "bytes=0-9", "if-range": '"old"'})[0] == 200
    assert answer({"range": "bytes=0-9", "if-range": PAGE_DOCUMENT.etag})[0] == 206


def test_an_error_is_never_conditional_nor_partial() -> None:
    missing = CacheableResponse(BODY, HTML, ERROR_CACHE, 404)

    for headers in ({"if-none-match": "*"}, {"range": "bytes=0-9"}):
        assert answer(headers, document=missing)[::2] == (404, BODY)
    assert "accept-ranges" not in answer({}, document=missing)[1]
