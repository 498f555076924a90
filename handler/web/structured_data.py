"""Schema.org data of a page: what it is, where it stands and what it is about.

No type fits a model. `SoftwareApplication` comes near; there is no `Offer`, for a model has two to
eight unit prices and a single one would be read as what it costs.
"""

from datetime import datetime
from typing import Any

from handler.domain.model import Model
from handler.domain.preview import Preview


def model_graph(
    model: Model, preview: Preview, url: str, origin: str, as_of: datetime, same_as: list[str]
) -> dict[str, Any]:
    """Return the graph of a model's page: the page, its trail, and the model."""
    return {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "WebPage",
                "@id": url,
                "url": url,
                "name": preview.title,
                "headline": preview.title,
                "description": preview.description,
                "dateModified": as_of.isoformat(),
                "breadcrumb": {"@id": f"{url}#trail"},
                "mainEntity": {"@id": f"{url}#model"},
            },
            {
                "@type": "BreadcrumbList",
                "@id": f"{url}#trail",
                "itemListElement": [
                    _step(1, "All models", f"{origin}/"),
                    _step(2, model.name, url),
                ],
            },
            {
                "@type": "SoftwareApplication",
                "@id": f"{url}#model",
                "name": model.name,
                "identifier": model.id,
                "applicationCategory": "DeveloperApplication",
                "author": {"@type": "Organization", "name": model.author},
                "sameAs": same_as,
            },
        ],
    }


def page_graph(title: str, description: str, url: str) -> dict[str, Any]:
    """Return the graph of a page that is about no one model."""
    page = {"@type": "WebPage", "@id": url, "url": url, "name": title, "headline": title}
    return {"@context": "https://schema.org", "@graph": [{**page, "description": description}]}


def _step(position: int, name: str, item: str) -> dict[str, Any]:
    return {"@type": "ListItem", "position": position, "name": name, "item": item}
