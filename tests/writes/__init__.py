"""Writes through the API: what is stored, what is refused, and what nobody learns by it."""
