"""The event log: appended with each write, without gaps; each reader sees what he may see when he reads."""
