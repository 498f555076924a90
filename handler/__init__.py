"""Burgee: a link to an AI model becomes a preview.

Read from the inside out. `domain` decides what a preview says and what is remembered, on frozen
values, with the standard library alone. `ports` names what it takes from outside: a list of models
and what else is known of them, a store for one snapshot, an archive. `services` refresh the catalog
and keep a snapshot fresh through these ports. `adapters` are the ports' other side (OpenRouter,
Arena, a folder, S3, Markdown), `web` is HTTP; neither knows the other. `bootstrap` builds them from
`settings`. `render` and `refresh` are what Lambda calls. Imports only ever point this way: render,
refresh → bootstrap → web, adapters → services → ports → domain; a linter holds them to it.
"""
