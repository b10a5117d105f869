"""Statements that read, over the lane and over the driver: equal values, equal errors, equal recovery."""
