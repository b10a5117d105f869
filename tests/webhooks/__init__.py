"""Webhooks: signatures, targets, posts, and delivery by servers with a real Neo4j and real receivers."""
