"""Stage 1: document text becomes a tree of selections."""
