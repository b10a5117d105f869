"""Faults that are planted on purpose, to see that the tests find each: `make faults`."""
