"""Snapshots: what one viewer may see, in files and in a Neo4j of its own."""
