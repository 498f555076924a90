"""Folders of this checkout that several commands use."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_STORE = ROOT / ".burgee" / "store"
