"""The words of a declaration: concepts, relationships, properties and their kinds; ids, dates and folded words of texts."""
