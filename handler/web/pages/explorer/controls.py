"""The explorer's controls: a field for each filter, and links from one view to others."""

from typing import NamedTuple

from handler.domain.search.filter import DisplayNames, Filter
from handler.domain.search.filters import FILTERS, QUICK_FILTERS
from handler.domain.search.listing import FacetValue, ModelListing
from handler.domain.search.query import BEST_MATCH, SORT_COLUMNS, SORT_WORDS, ModelQuery


class FormField(NamedTuple):
    """A filter's control with its choices; `values` are those of the query, as text."""

    filter: Filter
    choices: list[FacetValue]
    values: list[str]

    @property
    def value(self) -> str:
        """The value of a filter that has one at most, empty where it has none."""
        return self.values[0] if self.values else ""


class Link(NamedTuple):
    """A link to another view.

    `order` is "ascending" or "descending" at the head of the column that sorts this view.
    """

    path: str
    words: str
    order: str = ""


class QuickChoice(NamedTuple):
    """A checkbox that stands outside the folded filters."""

    name: str
    value: str
    label: str
    is_checked: bool


def quick_choices(query: ModelQuery) -> list[QuickChoice]:
    """Return the quick filters, checked where the query has them."""
    chosen = {(a.filter.parameter.name, f"{a.value}{a.filter.suffix}") for a in query.filters}
    return [
        QuickChoice(each.parameter, each.value, each.label, (each.parameter, each.value) in chosen)
        for each in QUICK_FILTERS
    ]


def sort_options(query: ModelQuery) -> list[tuple[str, str]]:
    """Return the values of the select with their words.

    The default order has an empty value, so that it follows the text that is searched for.
    """
    return [
        ("" if sort == query.default_sort else sort, words)
        for sort, words in SORT_WORDS.items()
        if sort != BEST_MATCH or query.default_sort == BEST_MATCH
    ]


def form_fields(listing: ModelListing, query: ModelQuery) -> list[FormField]:
    """Return the field of each filter."""
    return [_form_field(each, listing, query) for each in FILTERS]


def canonical_path(query: ModelQuery, path: str = "/") -> str:
    """Return the canonical path of a query, with its query string."""
    encoded = query.to_query_string()
    return f"{path}?{encoded}" if encoded else path


def csv_path(query: ModelQuery) -> str:
    """Return the path of all rows of a query as CSV."""
    return canonical_path(query._replace(page=1), "/models.csv")


def excel_csv_path(query: ModelQuery) -> str:
    """Return the path of the same CSV with a byte order mark, by which Excel knows UTF-8."""
    path = csv_path(query)
    return f"{path}{'&' if '?' in path else '?'}bom=1"


def active_filters(query: ModelQuery, names: DisplayNames) -> list[Link]:
    """Return each filter in words, with a link to the view without it."""
    return [
        Link(canonical_path(query.without(each)), each.filter.describe_value(each.value, names))
        for each in query.filters
    ]


def sort_links(query: ModelQuery) -> dict[str, Link]:
    """Return the link in the head of each column. The current column's reverses the order."""
    return {column: _sort_link(query, column) for column in SORT_COLUMNS}


def page_links(query: ModelQuery, page_count: int) -> list[Link]:
    """Return a link to each page, none where there is only one."""
    numbers = range(1, page_count + 1) if page_count > 1 else ()
    return [Link(canonical_path(query._replace(page=n)), str(n)) for n in numbers]


_QUICK = {(each.parameter, each.value) for each in QUICK_FILTERS}


def _form_field(each: Filter, listing: ModelListing, query: ModelQuery) -> FormField:
    """Return the field of a filter, without the choices that are quick filters."""
    values = [str(value) for value in query.values(each.name)]
    choices = [choice for choice in _choices(each, listing, values) if not _is_quick(each, choice)]
    return FormField(each, choices, values)


def _is_quick(each: Filter, choice: FacetValue) -> bool:
    return (each.parameter.name, f"{choice.value}{each.suffix}") in _QUICK


def _choices(each: Filter, listing: ModelListing, values: list[str]) -> list[FacetValue]:
    if each.control.options:
        choices = [FacetValue(value, label, 0) for value, label in each.control.options]
    else:
        choices = list(listing.facets[each.name][: each.control.max_options])
    if each.control.max_options:
        offered = {choice.value for choice in choices}
        choices += [FacetValue(value, value, 0) for value in values if value not in offered]
    return choices


def _sort_link(query: ModelQuery, column: str) -> Link:
    order = {column: "ascending", f"-{column}": "descending"}.get(query.sort, "")
    descends = order == "ascending" if order else SORT_COLUMNS[column].starts_descending
    sort = f"-{column}" if descends else column
    return Link(canonical_path(query._replace(sort=sort, page=1)), SORT_WORDS[sort], order)
