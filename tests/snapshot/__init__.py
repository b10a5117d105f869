"""Tests of snapshots: what is in them, their Neo4j, and what becomes of a folder when making one fails."""
