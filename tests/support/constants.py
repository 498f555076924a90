"""The folder of the project, and the site URL of the sites under test."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SITE_URL = "https://previews.example.org"

# All that a page imports besides the standard library. Each further package slows a cold start.
PAGE_PACKAGES = {"jinja2", "markupsafe"}
