from handler.web.pages.model.share import ShareSnippet, share_snippets
from tests.support.builders import AS_OF

URL = "https://previews.example.org/acme/one"


def test_snippets_link_to_the_page() -> None:
    assert share_snippets("Acme: One", URL, AS_OF) == [
        ShareSnippet("Link", URL),
        ShareSnippet("Markdown", f"[Acme: One]({URL})"),
        ShareSnippet("HTML", f'<a href="{URL}">Acme: One</a>'),
        ShareSnippet("Badge, in Markdown", f"[![Price of Acme: One]({URL}/badge.svg)]({URL})"),
        ShareSnippet("Citation", f"“Acme: One”. Burgee, data of 22 August 2026. {URL}"),
    ]


def test_snippets_escape_the_name() -> None:
    _, markdown, html, badge, _ = share_snippets("<b>[x](y)\n", URL, AS_OF)

    assert markdown.text == f"[\\<b\\>\\[x\\](y)]({URL})"
    assert html.text == f'<a href="{URL}">&lt;b&gt;[x](y)</a>'
    assert badge.text == f"[![Price of \\<b\\>\\[x\\](y)]({URL}/badge.svg)]({URL})"
