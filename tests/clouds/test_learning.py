"""Measures of learning through GraphQL."""
