"""Tests of catalogues, data sets and entities."""
