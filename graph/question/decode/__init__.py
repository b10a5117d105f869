"""Stage 10: a record of nested lists becomes the data of the answer; nothing is filtered and nothing fetched here."""
