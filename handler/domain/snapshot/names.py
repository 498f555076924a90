"""The names of the stored object.

Code before and after a change of format runs side by side during a deployment and after a rollback.
Each reads and writes its own object.
"""

OBJECT_NAME = "catalog-5.jsonl.gz"
OLDER_OBJECT_NAME = "catalog.jsonl.gz"
"""Formats 2 to 4: read until OBJECT_NAME is stored, and never written."""
