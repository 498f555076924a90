"""The format of stored snapshots, and the names of their objects.

Code before and after a change of format runs side by side during a deployment and after a rollback.
Each reads and writes its own object.
"""

FORMAT = 5

OBJECT_NAME = f"catalog-{FORMAT}.jsonl.gz"
OLDER_OBJECT_NAME = "catalog.jsonl.gz"
"""Formats 2 to 4: read until OBJECT_NAME is stored, and never written."""
