"""Stage 8: Cypher, and nothing else. All text of statements stands in this package."""
