"""Answers that are kept, so that the same question is answered without the database: `kept` keeps them, `look` sees changes."""
