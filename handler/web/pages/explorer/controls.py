"""The explorer's controls: a field for each filter, and links from one view to others."""

from typing import NamedTuple

from handler.domain.search.filter import DisplayNames, Filter
from handler.domain.search.filters import FILTERS
from handler.domain.search.listing import FacetValue, ModelListing
from handler.domain.search.query import SORT_COLUMNS, SORT_WORDS, ModelQuery


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


def form_fields(listing: ModelListing, query: ModelQuery) -> list[FormField]:
    """Return the field of each filter."""
    return [_form_field(each, listing, query) for each in FILTERS]


def canonical_path(query: ModelQuery, path: str = "/") -> str:
    """Return the canonical path of a query, with its query string."""
    encoded = query.to_query_string()
    return f"{path}?{encoded}" if encoded else path


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


def _form_field(each: Filter, listing: ModelListing, query: ModelQuery) -> FormField:
    values = [str(value) for value in query.values(each.name)]
    if each.control.options:
        choices = [FacetValue(value, label, 0) for value, label in each.control.options]
    else:
        choices = list(listing.facets[each.name][: each.control.max_options])
    if each.control.max_options:
        offered = {choice.value for choice in choices}
        choices += [FacetValue(value, value, 0) for value in values if value not in offered]
    return FormField(each, choices, values)


def _sort_link(query: ModelQuery, column: str) -> Link:
    order = {column: "ascending", f"-{column}": "descending"}.get(query.sort, "")
    descends = order == "ascending" if order else SORT_COLUMNS[column].starts_descending
    sort = f"-{column}" if descends else column
    return Link(canonical_path(query._replace(sort=sort, page=1)), SORT_WORDS[sort], order)
