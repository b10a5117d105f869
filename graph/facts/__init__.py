"""The one way of writing facts: check, decide, write. Nothing here knows a file or a transport; start at `put`."""
