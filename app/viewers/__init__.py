"""Viewers: a token and the audiences of the database become the rights of a viewer."""
