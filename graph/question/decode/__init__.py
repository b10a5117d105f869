"""A record of nested lists becomes the data of the answer. Nothing is filtered or fetched here."""
