"""How a question becomes one statement and an answer; how rows become a graph; where the database comes from."""
