"""The head of a model's page: its metadata for search engines and previews."""

import re
from datetime import datetime

from handler.domain.catalog.catalog import Catalog
from handler.domain.catalog.lifetime import find_created
from handler.domain.catalog.model import Model
from handler.domain.catalog.profile import Profile
from handler.domain.previews.discord_model_embed import build_model_embed
from handler.domain.previews.model_preview import Preview
from handler.web.cards.content.card_content import card_image_for
from handler.web.cards.content.model import card_for_profile
from handler.web.cards.palette import author_color
from handler.web.formatting import datetime_from_unix, format_datetime, map_optional
from handler.web.rendering.json_ld import model_data, with_image
from handler.web.rendering.metadata import HeadMetadata
from handler.web.urls import Representation, model_path

_HUGGING_FACE_ID = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)


def model_head(profile: Profile, preview: Preview, catalog: Catalog, site_url: str) -> HeadMetadata:
    """Return the metadata of a model's page, which previews of it show."""
    model = profile.model
    path = model_path(model.id)
    card = card_image_for(path, card_for_profile(profile, catalog.as_of, catalog.price_scales))
    red, green, blue = author_color(model.author)
    embed = build_model_embed(
        name=preview.title,
        facts=[preview.description],
        url=site_url + path,
        card_url=site_url + card.path,
        card_alt=card.alt,
        accent_color=red << 16 | green << 8 | blue,
    )
    labels = [("Price", preview.price), ("Context", preview.context)]
    same_as = [url for _, url in external_links(model)]
    data = model_data(model, preview, path, site_url, profile.read_at, same_as)
    return HeadMetadata(
        title=preview.title,
        description=preview.description,
        path=path,
        og_type="article",
        published_at=map_optional(datetime_from_unix, find_created(profile)),
        labels=[(label, text) for label, text in labels if text],
        json_ld=with_image(data, site_url + card.path),
        card=card,
        embed=embed,
        feed=Representation.FEED.url_for(path),
        markdown=Representation.MARKDOWN.url_for(path),
        indexable=profile.withdrawn is None,
    )


def reading_note(profile: Profile, as_of: datetime) -> str | None:
    """Return why a listed model's facts are older than the newest list, None where they are not."""
    if profile.read_at == as_of:
        return None
    read = f"this is what was read on {format_datetime(profile.read_at)}."
    newest = f"OpenRouter’s list of {format_datetime(as_of)}"
    if profile.unreadable_at:
        return f"{newest} has a record of it that could not be read; {read}"
    if profile.withdrawn:
        return None
    return f"It is not in {newest}, which covers other kinds of models; {read}"


def external_links(model: Model) -> list[tuple[str, str]]:
    """Return the name and URL of the model's page on each other site."""
    links = [("OpenRouter", f"https://openrouter.ai{model_path(model.id)}")]
    hugging_face = hugging_face_url(model)
    return [*links, ("Hugging Face", hugging_face)] if hugging_face else links


def hugging_face_url(model: Model) -> str | None:
    """Return the URL of the model on Hugging Face, None without a valid id."""
    name = model.hugging_face_id
    if name and _HUGGING_FACE_ID.fullmatch(name):
        return f"https://huggingface.co/{name}"
    return None
