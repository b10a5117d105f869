"""Curation: the committed seed rows are those that the raw files give."""
