"""Curation: raw files of others become seed rows. Pure and repeatable; `python -m graph.curate` writes the rows anew."""
