"""The OpenAPI description of the API."""

import json
from typing import Any

from fastapi import FastAPI

from handler.web.http.headers import JSON, PROBLEM

PATH = "/api"


def openapi_document(api: FastAPI, site_url: str) -> dict[str, Any]:
    """Return the description, in which errors have the media type that they are sent with."""
    document: dict[str, Any] = json.loads(json.dumps(api.openapi()))  # a copy to change
    document["servers"] = [{"url": site_url + PATH}]
    operations = (methods["get"] for methods in document["paths"].values())
    for operation in operations:
        for status, response in operation["responses"].items():
            if status >= "400":
                response["content"] = {PROBLEM: response["content"].pop(JSON)}
    return document
