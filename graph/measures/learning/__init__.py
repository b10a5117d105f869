"""How lessons travel between cities. In: facts as frozen dataclasses, one file a family. Out: numbers, and what they are of."""
