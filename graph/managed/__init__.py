"""A managed local Neo4j Community server: its jars, its home folder, its process, and the leases that keep it running."""
