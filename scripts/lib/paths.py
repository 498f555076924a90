"""Folders of this checkout that several commands use."""

import os
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_STORE = ROOT / ".burgee" / "store"


def default_store(environment: Mapping[str, str] = os.environ) -> str:
    """Return the store of commands without --store: a folder, or s3://BUCKET/PREFIX."""
    return environment.get("BURGEE_STORE") or str(DEFAULT_STORE)
