"""Exports: facts as data sets, catalogues and entities, as far as one viewer may see them."""
