"""The query parameters of the API's model list: the explorer's filters, its order, and a span."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints, create_model

from handler.domain.search.filter import MAX_VALUES, Parameter
from handler.domain.search.filters import FILTERS
from handler.domain.search.query import SORT_COLUMNS, ModelQuery, parse_query

MAX_LISTED = 1_000

_MAX_OFFSET = 1_000_000
_SORTS = [*SORT_COLUMNS, *(f"-{column}" for column in SORT_COLUMNS)]


def _field(parameter: Parameter) -> tuple[Any, Any]:
    """Return a parameter as pydantic takes it: a type and its constraints."""
    named: dict[str, Any] = {"alias": parameter.name, "description": parameter.description}
    if parameter.is_list:
        value = Annotated[str, StringConstraints(pattern=parameter.pattern)]
        return list[value], Field([], max_length=MAX_VALUES, **named)
    return str, Field(
        "",
        pattern=parameter.pattern,
        max_length=parameter.max_length,
        examples=list(parameter.examples) or None,
        **named,
    )


_FIELDS: dict[str, Any] = {f"{each.parameter.name}_": _field(each.parameter) for each in FILTERS}


class ModelFilters(create_model("_FilterFields", **_FIELDS)):  # type: ignore[misc]
    """The parameters of a list. Values that the explorer ignores are errors here."""

    sort: str = Field(
        "",
        description=f"by {', '.join(_SORTS)}; the newest first without it",
        pattern=f"^(?:{'|'.join(['', *_SORTS])})$",
    )
    limit: int = Field(100, description="how many at most", ge=1, le=MAX_LISTED)
    offset: int = Field(0, description="how many to pass over", ge=0, le=_MAX_OFFSET)

    def query(self) -> ModelQuery:
        """Return the query that the filters and the order make."""
        given = self.model_dump(by_alias=True, exclude={"limit", "offset"})
        values = ((name, v if isinstance(v, list) else [v]) for name, v in given.items())
        return parse_query((name, value) for name, several in values for value in several)
