"""The explorer's form: a field for each filter, with its choices."""

from typing import NamedTuple

from handler.domain.search.filter import Filter
from handler.domain.search.filters import FILTERS
from handler.domain.search.listing import FacetValue, ModelListing
from handler.domain.search.query import ModelQuery


class FormField(NamedTuple):
    """A filter's control with its choices; `values` are those of the query, as text."""

    filter: Filter
    choices: list[FacetValue]
    values: list[str]

    @property
    def value(self) -> str:
        """The value of a filter that has one at most, empty where it has none."""
        return self.values[0] if self.values else ""


def form_fields(listing: ModelListing, query: ModelQuery) -> list[FormField]:
    """Return the field of each filter."""
    return [_form_field(each, listing, query) for each in FILTERS]


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
