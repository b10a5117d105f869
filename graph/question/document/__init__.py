"""Document text becomes a tree of selections."""
