"""What the schema language promises."""
