import pytest

from handler.web.urls import ExplorerUrl
from tests.support.builders import HERMES, MemoryStore, catalog_bytes
from tests.support.http.asgi import ask, create_app

FAR = "https://explorer.example.org"


@pytest.mark.parametrize(
    ("pattern", "home", "one"),
    [
        ("/", "/", "/"),
        (f"{FAR}/", f"{FAR}/", f"{FAR}/"),
        (f"{FAR}/models/{{id}}", f"{FAR}/models/", f"{FAR}/models/~a/b%20c:free"),
        (f"{FAR}/{{id}}?tab=cost", f"{FAR}/", f"{FAR}/~a/b%20c:free?tab=cost"),
    ],
)
def test_explorer_url_has_the_home_and_the_url_of_a_model(
    pattern: str, home: str, one: str
) -> None:
    place = ExplorerUrl(pattern)

    assert (place.home, place.for_model("~a/b c:free")) == (home, one)


def test_pages_lead_to_the_explorer_that_the_operator_names() -> None:
    store = MemoryStore(catalog_bytes([HERMES]))
    app = create_app(store, "https://a.example", explorer_url=f"{FAR}/models/{{id}}")

    html = ask(app, "/nousresearch/hermes-4-405b").text
    assert f'<nav aria-label="Site"><a href="{FAR}/models/">Explorer</a>' in html
    assert f'<a href="{FAR}/models/">All models</a>' in html
    assert f'<a href="{FAR}/models/nousresearch/hermes-4-405b">explorer</a>' in html
    assert ask(app, "/").status == 200
