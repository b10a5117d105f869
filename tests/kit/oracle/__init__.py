"""A slow, honest reader of the same rows: what a question must answer, worked out without any database."""
