"""Histories of writes: random writers, killed processes, and a checker of what was told and what is stored."""
