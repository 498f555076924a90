"""The format of stored snapshots, and the names of their objects.

Code before and after a change of format runs side by side during a deployment and after a rollback.
Each reads and writes its own object.
"""

FORMAT = 5
MAX_HEADER_BYTES = 1024 * 1024
"""That of 100,000 models has 10 kB."""
MAX_MEMBER_BYTES = 128 * 1024 * 1024
"""The largest part of a snapshot, inflated: that of 100,000 models is a tenth of it."""

OBJECT_NAME = f"catalog-{FORMAT}.jsonl.gz"
MARKER_NAME = "catalog-was-written"
"""Beside the snapshot since the first one: where it is alone, the snapshot was deleted."""
OLDER_OBJECT_NAME = "catalog.jsonl.gz"
"""Formats 2 to 4: read until OBJECT_NAME is stored, and never written."""
