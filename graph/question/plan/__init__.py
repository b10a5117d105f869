"""The plan: what to read, as a frozen tree that can be printed. It holds no Cypher and no values."""
