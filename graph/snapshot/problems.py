"""The one class of errors of snapshots."""


class SnapshotFailed(Exception):
    """A snapshot cannot be made, started or stopped; the text says why, what is accepted and what to do."""
