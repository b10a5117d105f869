"""Portals: one file for each kind. Each reads the records of a server over HTTP, as a Source of graph/load."""
