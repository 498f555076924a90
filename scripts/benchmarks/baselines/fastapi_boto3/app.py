"""A typical preview page for Lambda: FastAPI, Mangum, boto3, and the whole list in memory."""

import json
import os
from io import BytesIO
from typing import Any

import boto3
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from mangum import Mangum
from pydantic import BaseModel


class Model(BaseModel):
    """The fields of a model that the page shows."""

    id: str
    name: str
    description: str
    context_length: int | None
    pricing: dict[str, Any]


s3 = boto3.client("s3")
answer = s3.get_object(Bucket=os.environ["BUCKET"], Key=os.environ["LIST"])
models = {model["id"]: Model(**model) for model in json.load(answer["Body"])["data"]}
templates = Jinja2Templates("templates")
app = FastAPI()


def find_model(author: str, slug: str) -> Model:
    """Return a model, or raise 404."""
    if f"{author}/{slug}" not in models:
        raise HTTPException(404)
    return models[f"{author}/{slug}"]


@app.get("/{author}/{slug}", response_class=HTMLResponse)
async def page(request: Request, author: str, slug: str) -> HTMLResponse:
    """Return a model's page."""
    return templates.TemplateResponse(request, "model.html", {"model": find_model(author, slug)})


@app.get("/{author}/{slug}/card.png")
async def card(author: str, slug: str) -> Response:
    """Return a model's card."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - pages do not need it

    model = find_model(author, slug)
    image = Image.new("RGB", (1200, 630), "white")
    draw = ImageDraw.Draw(image)
    draw.text((80, 120), model.name, "black", ImageFont.load_default(80))
    facts = f"{model.context_length:,} tokens, ${model.pricing['prompt']} a token"
    draw.text((80, 400), facts, "gray", ImageFont.load_default(48))
    image.save(png := BytesIO(), "PNG")
    return Response(png.getvalue(), media_type="image/png")


lambda_handler = Mangum(app, lifespan="off")
