"""Tests of the door of writing: rows from anywhere go in, a Diff comes out."""
