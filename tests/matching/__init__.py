"""Tests of entity resolution and of its decisions."""
