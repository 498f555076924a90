"""Catalogs of any size, made from one list by renaming: as snapshots and as lists.

The list is the bundled sample's, or a stored answer of OpenRouter.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from handler.bootstrap import folder_keeper, prose_renderer
from handler.domain import snapshot, stored_profile
from handler.domain.catalog import Contents
from handler.domain.profile import Profile
from handler.domain.strict_json import decode
from scripts.benching.findings import NotMeasured
from scripts.bundle.loading import load_sample, newest_records

EXAMPLE = "nousresearch/hermes-4-405b"
COMPARED = (EXAMPLE, "google/gemini-2.5-pro")
_BASE = 421


@dataclass(frozen=True, slots=True)
class SizedCatalog:
    """One catalog in the two forms that are compared: our snapshot, and upstream's JSON."""

    models: int
    snapshot: Path
    listed: Path


def records_of(listed: Path | None) -> list[dict[str, Any]]:
    """Return the records of a stored list of models, of the sample's newest where there is none."""
    if not listed:
        return newest_records()
    records: list[dict[str, Any]] = decode(listed.read_bytes(), listed.name)["data"]
    if missing := set(COMPARED) - {record["id"] for record in records}:
        raise NotMeasured(f"{listed.name} does not list {', '.join(sorted(missing))}")
    return records


def sized_catalog(folder: Path, models: int, listed: Path | None = None) -> SizedCatalog:
    """Return a catalog of so many models, made in a folder unless it is there."""
    made = SizedCatalog(models, folder / f"{models}.jsonl.gz", folder / f"{models}.json")
    if not made.listed.exists():
        contents = _renamed(_listed(folder, records_of(listed)), models)
        made.snapshot.write_bytes(snapshot.encode(contents, "bench"))
        records = [profile.model.raw for profile in contents.profiles]
        made.listed.write_text(json.dumps({"data": records}), "utf-8")
    return made


def profiles_of(catalog: SizedCatalog, most: int) -> list[Profile]:
    """Return the first profiles of a catalog."""
    stored = snapshot.decode(catalog.snapshot.read_bytes())
    return [stored.profile(entry.id) for entry in stored.entries[:most]]


def _listed(folder: Path, records: list[dict[str, Any]]) -> Contents:
    """Return listed models with all that the sample knows of them, the example among them."""
    keeper = folder_keeper(folder / "sample")
    load_sample(keeper, prose_renderer(), records)
    contents = keeper.contents()
    listed = [profile for profile in contents.profiles if profile.withdrawn is None]
    first = [profile for profile in listed if profile.model.id in COMPARED]
    others = [profile for profile in listed if profile.model.id not in COMPARED]
    return replace(contents, profiles=tuple([*first, *others][:_BASE]))


def _renamed(contents: Contents, models: int) -> Contents:
    return replace(contents, profiles=tuple(_copies(contents.profiles, models)))


def _copies(profiles: tuple[Profile, ...], models: int) -> Iterator[Profile]:
    """Yield the profiles, then copies of them by authors of other names."""
    for number in range(models):
        copy, position = divmod(number, len(profiles))
        yield _copied(profiles[position], copy) if copy else profiles[position]


def _copied(profile: Profile, copy: int) -> Profile:
    stored = stored_profile.as_json(profile)
    return stored_profile.profile_of({**stored, "raw": _raw_of(stored["raw"], copy)})


def _raw_of(raw: dict[str, Any], copy: int) -> dict[str, Any]:
    names = {key: raw[key] for key in ("id", "canonical_slug", "hugging_face_id") if raw.get(key)}
    return {**raw, **{key: _by_another(name, copy) for key, name in names.items()}}


def _by_another(name: str, copy: int) -> str:
    author, _, slug = name.partition("/")
    return f"{author}-{copy}/{slug}"
