"""The stored form of a catalog, as a refresh writes it.

A snapshot is a series of gzip members (`members`), and all of its text is JSON Lines:

1. the header, with the size of every other member, and the scales of prices that cards show
2. the index, and 3. the names by which models are found (`catalog.model_index`)
4. the listing: what the explorer, authors' pages, the sitemap and the API's list show
   (`search.stored_listing`)
5. the changes that feeds show (`catalog.changelog`)
6. what only a refresh reads: the leaderboard, and the log of the lists that were read
7. and on: the models, BLOCK_SIZE in a member

A page inflates the header, the index and one block; the explorer the header and the listing.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from handler.domain.catalog import profile as profiles
from handler.domain.catalog import provenance
from handler.domain.catalog.catalog import CatalogData
from handler.domain.catalog.changelog import build_changelog
from handler.domain.catalog.model_index import IndexEntry, entries_to_text, names_to_text
from handler.domain.catalog.profile import Profile
from handler.domain.compression import gzip_deterministic
from handler.domain.pricing.format import format_decimal
from handler.domain.pricing.price_position import build_price_scales
from handler.domain.search import stored_listing
from handler.domain.search.listing import build_listing
from handler.domain.snapshot.names import FORMAT
from handler.domain.snapshot.refresh_data import refresh_data_to_json
from handler.domain.snapshot.text_size import SnapshotLimits, TextSize

BLOCK_SIZE = 100
_DEFAULT_LIMITS = SnapshotLimits()
_VERSION_DIGITS = 16


def encode(data: CatalogData, run: str, limits: SnapshotLimits = _DEFAULT_LIMITS) -> bytes:
    """Return the snapshot of a catalog, written by a run. Equal input gives equal bytes.

    Raises OverBudget if it is above the limits, or a part is larger than `decode` reads.
    """
    size = TextSize(limits)
    version, blocks = _encode_blocks(data, size)
    texts = (*_lists(data), _to_line(refresh_data_to_json(data)))
    members = [*(gzip_deterministic(size.add(text)) for text in texts), *blocks]
    withdrawn = sum(profile.withdrawn is not None for profile in data.profiles)
    header = {
        "format": FORMAT,
        "version": version,
        "run": run,
        "as_of": data.as_of.isoformat(),
        "coverage": data.coverage.to_json(),
        "unreadable_ids": [p.model.id for p in data.profiles if p.unreadable_at],
        "feed_authority": data.feed_authority,
        "sources": {name: provenance.to_json(p) for name, p in data.sources.items()},
        "listed": len(data.profiles) - withdrawn,
        "withdrawn": withdrawn,
        "price_scales": _price_scales(data),
        "block_size": BLOCK_SIZE,
        "member_sizes": list(map(len, members)),
    }
    return b"".join([gzip_deterministic(size.add_header(_to_line(header))), *members])


def index_entry(profile: Profile) -> IndexEntry:
    """Return the entry of a profile in the index."""
    model, withdrawn = profile.model, profile.withdrawn is not None
    return IndexEntry(model.id, model.name, model.canonical_slug, model.hugging_face_id, withdrawn)


def _price_scales(data: CatalogData) -> dict[str, list[str]]:
    listed = (profile.model for profile in data.profiles if not profile.withdrawn)
    scales = build_price_scales(listed)
    return {kind: list(map(format_decimal, scale)) for kind, scale in scales.items()}


def _lists(data: CatalogData) -> tuple[bytes, bytes, bytes, bytes]:
    """Return the texts of the index, the names, the listing and the changes."""
    entries = list(map(index_entry, data.profiles))
    return (
        entries_to_text(entries),
        names_to_text(entries),
        stored_listing.to_text(build_listing(data.profiles, data.as_of)),
        build_changelog(data.profiles, data.as_of).to_text(),
    )


def _encode_blocks(data: CatalogData, size: TextSize) -> tuple[str, list[bytes]]:
    """Return the version and the compressed blocks: of the text, there is never more than one."""
    digest = sha256()
    blocks = []
    for start in range(0, len(data.profiles), BLOCK_SIZE):
        block = data.profiles[start : start + BLOCK_SIZE]
        lines = (
            size.add_model(_to_line(profiles.to_json(profile, data.as_of, position)))
            for position, profile in enumerate(block, start)
        )
        text = size.add(b"".join(lines))
        digest.update(text)
        blocks.append(gzip_deterministic(text))
    return digest.hexdigest()[:_VERSION_DIGITS], blocks


def _to_line(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
