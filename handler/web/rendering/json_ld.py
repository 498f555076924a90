"""Schema.org data of a page: what it is, where it stands and what it is about.

No type fits a model. `SoftwareApplication` comes near; there is no `Offer`, for a model has two to
eight unit prices and a single one would be read as what it costs. The page is the root, with what
it is about inside: Mastodon reads one object, and looks into no `@graph`.
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
    """Return the data of a model's page: what it is, its trail, and the model."""
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
    """Return the data of a page that is about no one model."""
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
    """Return the data of the page that is about the data itself, made of those of the sources."""
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
    """Return the data of a page with its picture."""
    image = {"@type": "ImageObject", "url": image_url, "width": CARD_WIDTH, "height": CARD_HEIGHT}
    return {**page, "primaryImageOfPage": image}


def _step(position: int, name: str, item: str) -> dict[str, Any]:
    return {"@type": "ListItem", "position": position, "name": name, "item": item}
