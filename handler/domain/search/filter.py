"""What a filter of the model list consists of."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Any, Literal, NamedTuple

from handler.domain.search.summary import ModelRow


class DisplayNames(NamedTuple):
    """The names of authors and providers, by the values that stand for them in a query."""

    authors: Mapping[str, str]
    providers: Mapping[str, str]


class Parameter(NamedTuple):
    """A parameter of the query, as the API describes and checks it.

    `pattern` is a regular expression for one value, `max_length` its most characters.
    """

    name: str
    description: str
    pattern: str | None = None
    max_length: int | None = None
    is_list: bool = False
    examples: Sequence[str] = ()


class Position(IntEnum):
    """Where the phrase of a filter stands in the words of a view, in this order."""

    BEFORE_NOUN = 0
    AFTER_NOUN = 1
    DETAIL = 2
    AFTER_COMMA = 3


class Control(NamedTuple):
    """The form's control for a filter.

    `hint` is the placeholder, or the first option of a select; `size` is in characters. `options`
    are fixed values with labels; without them the catalog's values are offered: the commonest
    `max_options` if that is set, and those that are chosen.
    """

    kind: Literal["search", "text", "select", "checkboxes"]
    label: str
    hint: str = ""
    size: int = 0
    options: tuple[tuple[str, str], ...] = ()
    max_options: int | None = None
    is_folded: bool = False


class Filter(NamedTuple):
    """One filter. A model must match all of its values, which are words or ranges.

    `parse` takes the parameter's values, stripped and in lower case, and passes over those that it
    cannot read. `phrase` describes all values of a query, `tag` one of them where its words differ.
    `facet` returns the values that a model has, with their labels. `suffix` ends each value in the
    query, so that filters can share a parameter.
    """

    name: str
    parameter: Parameter
    parse: Callable[[Sequence[str]], Iterable[Any]]
    matches: Callable[[ModelRow, Any], bool]
    phrase: Callable[[Sequence[Any], DisplayNames], str]
    control: Control
    position: Position = Position.DETAIL
    tag: Callable[[Any], str] | None = None
    facet: Callable[[ModelRow, DisplayNames], Iterable[tuple[str, str]]] = lambda *_: ()
    suffix: str = ""

    def describe_value(self, value: Any, names: DisplayNames) -> str:
        """Return the words of one value, such as "by Google"."""
        return self.tag(value) if self.tag else self.phrase((value,), names)
