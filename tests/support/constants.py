"""The folder of the project, and the site URL of the sites under test."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SITE_URL = "https://previews.example.org"
