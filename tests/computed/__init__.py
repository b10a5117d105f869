"""Computed fields without a database: what each needs, its statement, and its value for what is stored."""
