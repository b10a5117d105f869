"""A secured plan becomes the text of one Cypher statement."""
