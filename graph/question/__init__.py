"""A question in, an answer out. Nothing here writes to the database."""
