"""The query parameters of the API's model list: the explorer's filters, its order, and a span.

The filters are checked by the parser of the explorer, so that both understand the same.
"""

from typing import Any

from pydantic import Field, create_model
from starlette.requests import Request

from handler.domain.search.filter import Parameter
from handler.domain.search.filters import FILTERS
from handler.domain.search.query import SORT_WORDS, ModelQuery, parse_query

MAX_LISTED = 1_000

_MAX_OFFSET = 1_000_000


def _field(parameter: Parameter) -> tuple[Any, Any]:
    """Return a parameter as pydantic takes it: a type and its description."""
    named: dict[str, Any] = {"alias": parameter.name, "description": parameter.description}
    if parameter.is_list:
        return list[str], Field([], **named)
    return str, Field("", examples=list(parameter.examples) or None, **named)


_FIELDS: dict[str, Any] = {f"{each.parameter.name}_": _field(each.parameter) for each in FILTERS}


class ModelFilters(create_model("_FilterFields", **_FIELDS)):  # type: ignore[misc]
    """The parameters of a list. A value that is not understood is an error."""

    sort: str = Field(
        "", description=f"{', '.join(SORT_WORDS)}; newest first by default, best match with `q`"
    )
    limit: int = Field(100, description="maximum number of models", ge=1, le=MAX_LISTED)
    offset: int = Field(0, description="number of models to skip", ge=0, le=_MAX_OFFSET)


def parse_filters(request: Request) -> ModelQuery:
    """Return the query of a request, as the explorer reads it."""
    return parse_query(request.query_params.multi_items())
