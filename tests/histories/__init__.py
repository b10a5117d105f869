"""Histories of writes: random writers, processes that are killed, and a checker that compares what was told with what is stored."""
