"""HTTP: addresses, pages and how they are answered. Starlette for pages, FastAPI for the API."""
