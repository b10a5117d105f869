"""The event log: what is logged of a write, and what one viewer may read of it. Start at `event`, then `append` and `read`."""
