"""How a catalog is stored: gzip over one JSON line about the whole and one for each model.

A render process reads the first line, and decodes another only when its model is asked for: all of
them would take many times as long. It is pure, so it stands in the domain: both
sides of the store use it, and no adapter needs to.
"""

import gzip
import json
import zlib
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from handler.domain.addresses import Entry
from handler.domain.catalog import Catalog, Origin
from handler.domain.compression import gzipped
from handler.domain.errors import InvalidSnapshot
from handler.domain.model import Model, model_of
from handler.domain.text import Prose

FORMAT = 1
_GZIP_LEVEL = 9
_VERSION_DIGITS = 16


def encode(models: Sequence[Model], as_of: datetime, origin: Origin) -> bytes:
    """Return the stored form of a catalog. The same arguments give the same bytes."""
    lines = [_line(_stored(model)) for model in models]
    header = {
        "format": FORMAT,
        "version": sha256(b"\n".join(lines)).hexdigest()[:_VERSION_DIGITS],
        "as_of": as_of.isoformat(),
        "origin": {name: getattr(origin, name) for name in Origin.__slots__},
        "index": [[m.id, m.name, m.canonical_slug, m.hugging_face_id] for m in models],
    }
    return gzipped(b"\n".join([_line(header), *lines]), _GZIP_LEVEL)


def decode(stored: bytes) -> Catalog:
    """Return the catalog of stored bytes.

    Raises InvalidSnapshot where they are cut, damaged, or of another format than FORMAT.
    """
    try:
        header_line, *lines = gzip.decompress(stored).split(b"\n")
        header = json.loads(header_line)
        if header["format"] != FORMAT:
            raise InvalidSnapshot(f"it has format {header['format']!r}, this code reads {FORMAT}")
        return _catalog(header, lines)
    except InvalidSnapshot as error:
        raise InvalidSnapshot(f"the snapshot cannot be used: {error}") from error
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise InvalidSnapshot(f"the snapshot is damaged: {error!r}") from error


def _catalog(header: dict[str, Any], lines: Sequence[bytes]) -> Catalog:
    entries = [Entry._make(row) for row in header["index"]]
    if len(entries) != len(lines):
        raise InvalidSnapshot(f"its index names {len(entries)} models, and {len(lines)} are there")
    return Catalog(
        version=header["version"],
        as_of=datetime.fromisoformat(header["as_of"]),
        origin=Origin(**header["origin"]),
        entries=entries,
        read=lambda position: _read(lines[position]),
    )


def _read(line: bytes) -> Model:
    stored = json.loads(line)
    return model_of(stored["raw"], Prose(lead=stored["lead"], html=stored["html"]))


def _stored(model: Model) -> dict[str, Any]:
    return {"raw": model.raw, "lead": model.description.lead, "html": model.description.html}


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
