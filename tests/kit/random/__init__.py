"""Random valid questions, over the whole schema, with values of a world. The same seed gives the same questions."""
