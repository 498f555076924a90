import gzip
import re
from collections.abc import Callable

import httpx
import pytest

from handler.domain.previews.crawlers.crawler import Crawler
from handler.domain.previews.crawlers.crawlers import CRAWLERS, PREVIEW_CRAWLERS, get_crawler
from handler.domain.previews.unfurl.unfurl import PreviewField, UnfurlResult
from scripts.commands import unfurl
from scripts.unfurling.report import PlatformReport, Style, format_report
from tests.support.pages import pictures

ADDRESS = "https://previews.example.org/acme/one"
TAGS = {
    "og:title": "Acme: One",
    "og:description": "$1/M in. A model.",
    "og:site_name": "Burgee",
    "og:image": "/card.png",
    "og:image:width": "1200",
    "og:image:height": "630",
}
CARD = pictures.png(1200, 630)

Answer = Callable[[httpx.Request], httpx.Response]


def html(tags: dict[str, str], **headers: str) -> httpx.Response:
    """Return a page with these tags."""
    metas = "".join(f'<meta property="{key}" content="{value}">' for key, value in tags.items())
    page = f"<head>{metas}</head><body>"
    return httpx.Response(200, html=page, headers=headers)


class Web(httpx.MockTransport):
    """A transport that answers by path, and records the requests."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        super().__init__(self.answer)
        self.requests: list[httpx.Request] = []
        self.answers = answers

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.get(request.url.path)
        response = answer(request) if answer else httpx.Response(404)
        # As from a network: not read yet.
        headers, stream = response.headers, response.stream
        return httpx.Response(response.status_code, headers=headers, stream=stream)


def site(page: Answer = lambda _: html(TAGS)) -> Web:
    """Return a site with a page and a valid card."""
    card = httpx.Response(200, content=CARD, headers={"content-type": "image/png"})
    return Web({"/acme/one": page, "/card.png": lambda _: card})


def run(
    web: httpx.AsyncBaseTransport, capsys: pytest.CaptureFixture[str], *options: str
) -> tuple[int, str]:
    """Return the exit status and what was printed, with every time as 0.00."""
    status = unfurl.main([ADDRESS, *options], web, Style())
    printed = capsys.readouterr()
    return status, re.sub(r"\d+\.\d\d s", "0.00 s", printed.out + printed.err)


def test_platform_is_shown_with_texts_and_image(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site(), capsys, "--only", "slack") == (
        0,
        "Slack, 0.00 s\n"
        "  title        Acme: One (og:title)\n"
        "  description  $1/M in. A model. (og:description)\n"
        "  image        https://previews.example.org/card.png (1200×630 png, 57 bytes,\n"
        "               0.00 s, og:image)\n"
        "  site         Burgee\n"
        "\n"
        "1 platform: nothing breaks.\n",
    )


def test_broken_limit_is_reported_with_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    def page(_: httpx.Request) -> httpx.Response:
        return html({"og:title": "One", "og:image": "/gone.png"})

    assert run(site(page), capsys, "--only", "slack", "--only", "signal") == (
        1,
        "Slack, 0.00 s\n"
        "  title        none\n"
        "  description  none\n"
        "  image        none\n"
        "  ! There is no description, Slack shows nothing without one.\n"
        "\n"
        "Signal, 0.00 s\n"
        "  title        One (og:title)\n"
        "  description  none\n"
        "  image        https://previews.example.org/gone.png (answered 404, og:image)\n"
        "  ! The image answers 404.\n"
        "\n"
        "2 platforms: 2 problems, on Slack, Signal.\n",
    )


def test_every_platform_is_tried_unless_some_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    status, printed = run(site(), capsys)

    assert (status, printed.splitlines()[-1]) == (0, "20 platforms: nothing breaks.")
    assert [line for line in printed.splitlines() if line.endswith(", 0.00 s")] == [
        f"{crawler.label}, 0.00 s" for crawler in PREVIEW_CRAWLERS
    ]


def test_no_image_option_fetches_no_image(capsys: pytest.CaptureFixture[str]) -> None:
    web = site()
    status, _ = run(web, capsys, "--no-image")

    assert status == 0
    assert {request.url.path for request in web.requests} == {"/acme/one"}


@pytest.mark.parametrize("crawler", CRAWLERS, ids=lambda crawler: crawler.name)
def test_page_is_requested_as_the_crawler_does(
    crawler: Crawler, capsys: pytest.CaptureFixture[str]
) -> None:
    web = site()
    run(web, capsys, "--only", crawler.name, "--no-image")

    sent = [(r.method, {**r.headers, "host": "", "connection": ""}) for r in web.requests]
    assert sent == [
        (
            method,
            {
                **{name.lower(): value for name, value in crawler.headers(method).items()},
                "host": "",
                "connection": "",
            },
        )
        for method in crawler.request.methods
    ]


def test_refused_head_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    def page(request: httpx.Request) -> httpx.Response:
        return httpx.Response(405) if request.method == "HEAD" else html(TAGS)

    status, printed = run(site(page), capsys, "--only", "discourse")

    assert status == 1
    assert "  ! HEAD is answered 405, Discourse asks by HEAD first.\n" in printed


def test_redirects_are_followed_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    web = site()
    web.answers |= {
        "/acme/one": lambda _: httpx.Response(308, headers={"location": f"{ADDRESS}/two"}),
        "/acme/one/two": lambda _: httpx.Response(
            302, headers={"location": "https://b.example/three"}
        ),
        "/three": lambda _: html(TAGS),
    }

    status, printed = run(web, capsys, "--only", "slack", "--only", "lemmy", "--no-image")

    assert status == 1
    assert printed.endswith("2 platforms: 1 problem, on Lemmy.\n")
    assert "  ! The link leads over 2 redirects, Lemmy follows 1.\n" in printed
    assert "https://b.example/card.png" in printed


def test_reading_stops_at_the_crawlers_limit(capsys: pytest.CaptureFixture[str]) -> None:
    late = "<head><style>" + " " * 40_000 + "</style><meta property=og:title content=One>"

    def page(_: httpx.Request) -> httpx.Response:
        body = gzip.compress(late.encode())
        return httpx.Response(
            200, content=body, headers={"content-type": "text/html", "content-encoding": "gzip"}
        )

    _, printed = run(site(page), capsys, "--only", "slack", "--only", "facebook")

    assert "  ! The head goes beyond the first 32,768 bytes, all that Slack reads.\n" in printed
    assert "  title        One (og:title)\n" in printed


HOSTILE = {
    **TAGS,
    "og:title": "a&#27;[31mb&#7;c&#x202e;d&#10;  ! forged",
    "og:site_name": "\x9b2J",
    "theme-color": "\x1b]0;forged\x07",
    "twitter:label1": "\x1b[2J",
    "twitter:data1": "1",
}


def test_page_cannot_send_terminal_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    _, printed = run(site(lambda _: html(HOSTILE)), capsys)

    assert "a[31mbcd ! forged (og:title)" in printed
    assert set(re.findall(r"[^\n\x20-\x7e]", printed)) <= set("×’“”…")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(
            lambda _: httpx.Response(302, headers={"location": "/acme/one"}),
            f"GET {ADDRESS}: more than 20 redirects",
            id="a loop",
        ),
        pytest.param(
            lambda _: httpx.Response(302, headers={"location": "https://[half"}),
            f"{ADDRESS} redirects to https://[half, which is no address",
            id="to nowhere",
        ),
        pytest.param(
            lambda _: httpx.Response(302, headers={"location": "ftp://a.example/"}),
            "GET ftp://a.example/: Request URL has an unsupported protocol 'ftp://'.",
            id="to another protocol",
        ),
    ],
)
def test_unreachable_link_ends_with_status_1(
    answer: Answer, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    web: Web = site(answer)
    if "ftp" in reason:
        web = Refusing(answer)

    assert run(web, capsys, "--only", "x") == (1, f"Cannot unfurl: Nothing answers: {reason}\n")


class Refusing(Web):
    """A web that speaks HTTP only, as a real transport does."""

    def __init__(self, answer: Answer) -> None:
        super().__init__({"/acme/one": answer})

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.scheme not in ("http", "https"):
            raise httpx.UnsupportedProtocol(
                f"Request URL has an unsupported protocol '{request.url.scheme}://'."
            )
        return super().answer(request)


def test_one_failed_crawler_does_not_stop_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    def page(request: httpx.Request) -> httpx.Response:
        if request.headers["user-agent"] == "Twitterbot/1.0":
            raise httpx.ReadTimeout("")
        return html(TAGS)

    status, printed = run(site(page), capsys, "--only", "slack", "--only", "x")

    assert status == 1
    assert f"  ! Nothing answers: GET {ADDRESS}: ReadTimeout\n" in printed
    assert printed.endswith("2 platforms: 1 problem, on X.\n")


def test_unreachable_image_is_a_problem(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    web = site()
    web.answers["/card.png"] = refuse

    status, printed = run(web, capsys, "--only", "slack")

    assert status == 1
    assert "  ! No image: GET https://previews.example.org/card.png: refused\n" in printed


@pytest.mark.parametrize("address", ["acme/one", "ftp://a.example/", "https://"])
def test_invalid_url_is_refused(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        unfurl.main([address])

    assert ended.value.code == 2
    assert f"{address!r} is not a http:// or https:// address" in capsys.readouterr().err


SEEN = PlatformReport(
    get_crawler("x"),
    UnfurlResult("x", title=PreviewField("word " * 12, "og:title"), problems=("It breaks.",)),
    problems=("It breaks.",),
)


def test_lines_fit_a_narrow_terminal() -> None:
    lines = list(format_report([SEEN], Style(columns=42)))

    assert max(map(len, lines)) <= 42
    assert lines[1:3] == [
        "  title        word word word word word",
        "               word word word word word",
    ]


def test_problems_are_red_on_a_terminal() -> None:
    lines = list(format_report([SEEN], Style(colored=True)))

    assert "\x1b[31m  ! It breaks.\x1b[0m" in lines
    assert lines[0] == "\x1b[1mX\x1b[0m\x1b[2m\x1b[0m"
