"""What the query language promises."""
