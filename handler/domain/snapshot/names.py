"""The format of snapshots that this code writes."""

FORMAT = 5
