"""The page about the API, rendered from its OpenAPI description."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from handler.domain.catalog.catalog import Catalog
from handler.domain.search.listing import filter_models
from handler.domain.search.query import ModelQuery
from handler.web.api.app import PATH, create_api, openapi_document
from handler.web.api.serializers import serialize_summary
from handler.web.cards.content.site import card_for_api
from handler.web.formatting import pretty_json
from handler.web.http.headers import JSON
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.indexes import cached_listing
from handler.web.pages.site_page import site_page_metadata
from handler.web.site import Site

_STYLESHEET = "api.css"


class Sample(NamedTuple):
    """The path of a request, and the JSON of its response."""

    path: str
    answer: str


class Parameter(NamedTuple):
    """A parameter or a field: `limits` has its type, default and bounds."""

    name: str
    description: str
    limits: str


class Operation(NamedTuple):
    """An operation, with the path of an example request and the schema of its response."""

    path: str
    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    example: str
    schema: str
    fields: tuple[Parameter, ...]

    @property
    def parts(self) -> list[str]:
        """The segments of the path."""
        return self.path.removeprefix("/").split("/")


def api_view(site: Site, _request: Request) -> CacheableResponse:
    """Answer `/api`."""
    catalog = site.catalog.get()
    return site.pages.get_or_render(catalog, ("api",), lambda: _page(site, catalog))


def _page(site: Site, catalog: Catalog) -> CacheableResponse:
    document = openapi_document(create_api(site))
    head = site_page_metadata(
        "JSON API for models, prices and history",
        "Every model on OpenRouter as JSON: prices, limits, providers and changes. No API key is "
        "needed, and any origin may use it.",
        PATH,
        site.site_url,
        card_for_api(catalog),
    )
    return site.templates.page(
        "api.html",
        head,
        site.site_url,
        stylesheet=_STYLESHEET,
        info=document["info"],
        operations=list(_operations(document)),
        sample=_sample(site, catalog),
    )


def _sample(site: Site, catalog: Catalog) -> Sample:
    """Return a request for one model, answered as the API does."""
    rows = filter_models(cached_listing(site, catalog).rows, ModelQuery())
    answer = {
        "snapshot": catalog.version,
        "as_of": catalog.as_of.isoformat(),
        "total": len(rows),
        "limit": 1,
        "offset": 0,
        "models": [serialize_summary(row, site.site_url) for row in rows[:1]],
    }
    return Sample(f"{PATH}/models?limit=1", pretty_json(answer))


def _operations(document: dict[str, Any]) -> Iterator[Operation]:
    schemas = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        operation = methods["get"]
        schema = _schema_name(operation["responses"]["200"]["content"][JSON]["schema"])
        yield Operation(
            path=PATH + path,
            name=operation["operationId"],
            summary=operation["summary"],
            parameters=tuple(map(_parameter, operation.get("parameters", ()))),
            example=_example(path, operation.get("parameters", ())),
            schema=schemas[schema]["description"],
            fields=tuple(_fields(schemas, schema)),
        )


def _parameter(parameter: dict[str, Any]) -> Parameter:
    schema = parameter["schema"]
    limits = {
        "default": schema.get("default") or None,
        "from": schema.get("minimum"),
        "to": schema.get("maximum"),
        "at most": schema.get("maxItems"),
    }
    shown = [f"{name} {value}" for name, value in limits.items() if value is not None]
    shown = ["required", *shown] if parameter["required"] else shown
    return Parameter(parameter["name"], parameter["description"], ", ".join(shown))


def _fields(schemas: dict[str, Any], name: str, prefix: str = "") -> Iterator[Parameter]:
    """Yield the fields of a schema; a list is followed by the fields of its items."""
    for field, schema in schemas[name]["properties"].items():
        kinds = [schema, *schema.get("anyOf", ())]
        types = [kind["type"] if "type" in kind else _schema_name(kind) for kind in kinds]
        names = " or ".join(filter(None, types))
        yield Parameter(prefix + field, schema.get("description", ""), names)
        listed = _schema_name(schema.get("items", {}))
        if listed and not prefix:
            yield from _fields(schemas, listed, f"{field}[].")


def _schema_name(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _example(path: str, parameters: list[dict[str, Any]]) -> str:
    """Return the path of a request with the examples of its parameters in it."""
    query = {}
    for parameter in parameters:
        examples = parameter["schema"].get("examples")
        if examples and parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", examples[0])
        elif examples:
            query[parameter["name"]] = examples[0]
    query_string = urlencode(query, doseq=True, safe="/:~")
    return PATH + path + (f"?{query_string}" if query_string else "")
