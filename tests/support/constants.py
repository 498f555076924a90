"""The folders of the project and of its templates, and the site URL of the sites under test."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
TEMPLATES = PROJECT / "templates"
SITE_URL = "https://previews.example.org"
