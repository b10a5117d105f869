"""Tests of loading: what a row may hold, what a file does, what a second load does."""
