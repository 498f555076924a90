"""The JSON API: what pages show, for programs. Imported on its first request, with FastAPI."""
