"""Stage 4: what to read, as a frozen tree that can be printed; it names nothing of Cypher and holds no value."""
