"""Cypher: fragments, and the statements that several parts use. graph/question/render and graph/computed write the others."""
