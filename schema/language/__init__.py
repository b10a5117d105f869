"""How concepts, relationships and properties are declared."""
