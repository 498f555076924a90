"""A preview page as well-known Python services do it: Flask, serverless-wsgi, boto3."""

import json
import os
from io import BytesIO

import boto3
import serverless_wsgi
from flask import Flask, Response, abort, render_template

s3 = boto3.client("s3")
answer = s3.get_object(Bucket=os.environ["BUCKET"], Key=os.environ["LIST"])
models = {model["id"]: model for model in json.load(answer["Body"])["data"]}
app = Flask(__name__)


@app.get("/<author>/<slug>")
def page(author: str, slug: str) -> str:
    """Return a model's page."""
    return render_template("model.html", model=models.get(f"{author}/{slug}") or abort(404))


@app.get("/<author>/<slug>/card.png")
def card(author: str, slug: str) -> Response:
    """Return a model's card."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - pages do not need it

    model = models.get(f"{author}/{slug}") or abort(404)
    image = Image.new("RGB", (1200, 630), "white")
    draw = ImageDraw.Draw(image)
    draw.text((80, 120), model["name"], "black", ImageFont.load_default(80))
    facts = f"{model['context_length']:,} tokens, ${model['pricing']['prompt']} a token"
    draw.text((80, 400), facts, "gray", ImageFont.load_default(48))
    image.save(png := BytesIO(), "PNG")
    return Response(png.getvalue(), mimetype="image/png")


def lambda_handler(event: dict, context: object) -> dict:
    """Return the response to an HTTP API event."""
    return serverless_wsgi.handle_request(app, event, context)
