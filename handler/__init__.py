"""Burgee turns links to AI models into previews.

Read the packages from the inside out:

- `domain` computes what pages and previews say, with pure functions on immutable values and the
  standard library alone.
- `ports` has the interfaces of everything outside: sources, a store for one snapshot, an archive.
- `services` refresh the catalog and cache it, through these ports.
- `adapters` implement the ports (OpenRouter, Arena, S3, folders, Markdown). `web` is the site: one
  function, `respond(site, request)`, with a table of routes and a table of errors. Adapters and
  `web` do not import each other.
- `bootstrap` builds both from `settings`.
- `render` and `refresh` are the entry points of the Lambda functions, `asgi` that of local servers.

Imports only go one way: render, refresh, asgi → bootstrap → web, adapters → services → ports →
domain. Import-linter checks this. CONTRIBUTING.md has the glossary, and says where to change what.
"""
