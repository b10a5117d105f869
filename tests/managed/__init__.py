"""The managed server, with a real Neo4j."""
