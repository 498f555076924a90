"""The API's description of itself: as OpenAPI for programs, and as a page for people."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI

from handler.domain.catalog.catalog import Catalog
from handler.web.cards.content.site import card_for_api
from handler.web.http.headers import JSON, PROBLEM
from handler.web.http.request import Request
from handler.web.http.response import CacheableResponse
from handler.web.pages.methodology import site_page_metadata
from handler.web.rendering.templates import Templates
from handler.web.site import Site

PATH = "/api"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter in words: `limits` says what it may be where that is not everything."""

    name: str
    description: str
    limits: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation in words, with the path of a request to try and the shape of its answer."""

    path: str
    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    example: str
    shape: str
    fields: tuple[Parameter, ...]


def openapi_document(api: FastAPI, site_url: str) -> dict[str, Any]:
    """Return the OpenAPI description, in which errors have the type that they are sent as."""
    described = json.loads(json.dumps(api.openapi()))  # ours to change
    described["servers"] = [{"url": site_url + PATH}]
    for operation in _each(described):
        for status, answer in operation["responses"].items():
            if status >= "400":
                answer["content"] = {PROBLEM: answer["content"].pop(JSON)}
    return dict(described)


def api_view(site: Site, request: Request) -> CacheableResponse:
    """Answer `/api`."""
    from handler.web.api.app import create_api  # noqa: PLC0415 - it imports this module

    catalog = site.catalog.get()

    def render() -> CacheableResponse:
        document = openapi_document(create_api(site), site.site_url)
        return description_page(site.templates, catalog, document, site.site_url)

    return site.pages.get_or_render(catalog, ("api",), render)


def description_page(
    templates: Templates, catalog: Catalog, described: dict[str, Any], site_url: str
) -> CacheableResponse:
    """Return the description as a page."""
    head = site_page_metadata(
        "JSON API for models, prices and history",
        "Every model on OpenRouter as JSON: prices, limits, who serves it and what changed. No key "
        "is needed, and pages of any origin may ask.",
        PATH,
        site_url,
        card_for_api(catalog),
    )
    operations = list(operations_of(described))
    return templates.page("api.html", head, site_url, info=described["info"], operations=operations)


def operations_of(described: dict[str, Any]) -> Iterator[Operation]:
    """Yield every operation of an OpenAPI description in words."""
    shapes = described["components"]["schemas"]
    for path, methods in described["paths"].items():
        operation = methods["get"]
        shape = _shape(operation["responses"]["200"]["content"][JSON]["schema"])
        yield Operation(
            path=PATH + path,
            name=operation["operationId"],
            summary=operation["summary"].replace("`", ""),
            parameters=tuple(map(_parameter, operation.get("parameters", ()))),
            example=_example(path, operation.get("parameters", ())),
            shape=shapes[shape]["description"].replace("`", ""),
            fields=tuple(_fields(shapes, shape)),
        )


def _each(described: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (operation for methods in described["paths"].values() for operation in methods.values())


def _parameter(parameter: dict[str, Any]) -> Parameter:
    schema = parameter["schema"]
    limits = {
        "default": schema.get("default") or None,
        "from": schema.get("minimum"),
        "to": schema.get("maximum"),
        "at most": schema.get("maxItems"),
    }
    words = [f"{word} {value}" for word, value in limits.items() if value is not None]
    words = ["needed", *words] if parameter["required"] else words
    return Parameter(parameter["name"], parameter["description"], ", ".join(words))


def _fields(shapes: dict[str, Any], name: str, place: str = "") -> Iterator[Parameter]:
    """Yield the fields of a shape, each followed by those of the things that it is a list of."""
    for field, schema in shapes[name]["properties"].items():
        kinds = [schema, *schema.get("anyOf", ())]
        types = [kind["type"] if "type" in kind else _shape(kind) for kind in kinds]
        words = " or ".join(filter(None, types))
        yield Parameter(place + field, schema.get("description", ""), words)
        listed = _shape(schema.get("items", {}))
        if listed and not place:
            yield from _fields(shapes, listed, f"{field}[].")


def _shape(schema: dict[str, Any]) -> str:
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
    asked = urlencode(query, doseq=True, safe="/:~")
    return PATH + path + (f"?{asked}" if asked else "")
