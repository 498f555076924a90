"""JSON-LD of pages, by the vocabulary of schema.org.

No type fits a model; `SoftwareApplication` is the nearest. There is no `Offer`: a model has two to
eight unit prices, and one of them would be read as its cost. The page is the root object, with its
subject inside: Mastodon reads one object, and does not look into a `@graph`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from handler.domain.catalog.model import Model
from handler.domain.previews.model_preview import Preview
from handler.web.rendering.metadata import CARD_HEIGHT, CARD_WIDTH


def model_data(
    model: Model, preview: Preview, path: str, site_url: str, as_of: datetime, same_as: list[str]
) -> dict[str, Any]:
    """Return the JSON-LD of a model's page: the page, its breadcrumbs and the model."""
    url = site_url + path
    return {
        **page_data(preview.title, preview.description, url),
        "dateModified": as_of.isoformat(),
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                _step(1, "All models", f"{site_url}/"),
                _step(2, model.author, f"{site_url}/{model.author}"),
                _step(3, model.name, url),
            ],
        },
        "mainEntity": {
            "@type": "SoftwareApplication",
            "@id": f"{url}#model",
            "name": model.name,
            "identifier": model.id,
            "applicationCategory": "DeveloperApplication",
            "author": {"@type": "Organization", "name": model.author},
            "sameAs": same_as,
        },
    }


def page_data(title: str, description: str, url: str) -> dict[str, Any]:
    """Return the JSON-LD of any page."""
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": url,
        "url": url,
        "name": title,
        "headline": title,
        "description": description,
    }


def dataset_data(
    page: Mapping[str, Any], site_url: str, as_of: datetime, sources: Sequence[str]
) -> dict[str, Any]:
    """Return the JSON-LD of the page about the data: the page and its `Dataset`."""
    return {
        **page,
        "dateModified": as_of.isoformat(),
        "mainEntity": {
            "@type": "Dataset",
            "@id": f"{page['url']}#data",
            "name": "AI models on OpenRouter, with prices and limits",
            "description": "Prices, context, limits, providers, Arena ranks and price history of "
            "every model on OpenRouter, one merged record for each.",
            "url": page["url"],
            "keywords": ["AI models", "language models", "prices", "OpenRouter", "context length"],
            "dateModified": as_of.isoformat(),
            "isAccessibleForFree": True,
            "isBasedOn": list(sources),
            "distribution": {
                "@type": "DataDownload",
                "encodingFormat": "application/json",
                "contentUrl": f"{site_url}/api/models",
            },
        },
    }


def with_image(page: dict[str, Any], image_url: str) -> dict[str, Any]:
    """Return the JSON-LD of a page with its card."""
    image = {"@type": "ImageObject", "url": image_url, "width": CARD_WIDTH, "height": CARD_HEIGHT}
    return {**page, "primaryImageOfPage": image}


def _step(position: int, name: str, item: str) -> dict[str, Any]:
    return {"@type": "ListItem", "position": position, "name": name, "item": item}
