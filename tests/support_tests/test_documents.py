from tests.support.documents import anchors, code, launcher_calls, links

DOCUMENT = """
# A `first` heading, with marks

See [one](one.md#a), ![two](images/two.png) and `[three](three.md)`.

<img src="four.png">

## Twice

```console
# no heading
$ scripts/deploy --set A=1 \\
    --guided -- --confirm
$ git checkout x && scripts/test --unit
```

## Twice
"""


def test_links_of_code_are_left_out() -> None:
    assert links(DOCUMENT) == ["one.md#a", "images/two.png", "four.png"]


def test_anchors_are_those_of_github() -> None:
    assert anchors(DOCUMENT) == {"a-first-heading-with-marks", "twice", "twice-1"}


def test_code_has_spans_and_lines_of_blocks() -> None:
    assert {"first", "[three](three.md)", "# no heading"} <= set(code(DOCUMENT))


def test_options_of_launchers_are_those_before_two_dashes() -> None:
    assert launcher_calls(DOCUMENT) == [("deploy", {"--set", "--guided"}), ("test", {"--unit"})]
